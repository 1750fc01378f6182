namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>The small print of RFC 5802's messages.</summary>
internal static class ScramText
{
    /// <summary>The user's name without its escapes; null where it has a <c>=</c> that is none.</summary>
    public static string? UnescapeName(ReadOnlySpan<char> saslName)
    {
        var name = saslName.ToString().Replace("=2C", ",", StringComparison.Ordinal);
        var signs = name.Replace("=3D", "", StringComparison.Ordinal);
        return signs.Contains('=', StringComparison.Ordinal) ? null : name.Replace("=3D", "=", StringComparison.Ordinal);
    }

    public static bool IsNonce(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (letter is < '!' or > '~' or ',') return false;
        }

        return text.Length > 0;
    }

    /// <summary>The value of an attribute such as <c>r=…</c>; null where the part is another one.</summary>
    public static string? Attribute(string part, char name) =>
        part.Length >= 2 && part[0] == name && part[1] == '=' ? part[2..] : null;

    public static byte[]? Base64(string? text)
    {
        if (text is null) return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
