using System.Security.Cryptography;

namespace Fink.Kafka.Cluster.Installation;

/// <summary>The SHA-512 that stands beside a published file.</summary>
internal static class PublishedSum
{
    private const int HexDigits = 128;

    /// <summary>
    /// Reads <c>HEX  NAME</c> as sha512sum writes it, and Apache's <c>NAME: HEX HEX …</c>, whose digits come in groups over
    /// several lines. Null when the text is neither.
    /// </summary>
    public static byte[]? Parse(string text, string fileName)
    {
        var digits = string.Concat(text.Replace(fileName, "", StringComparison.Ordinal).Split((char[])[':', '*', ' ', '\t', '\r', '\n']));
        return digits.Length == HexDigits && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    /// <exception cref="ClusterException">The file is another one.</exception>
    public static async Task RequireAsync(string file, byte[] expected, string name, CancellationToken cancellationToken)
    {
        var stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            var actual = await SHA512.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
            if (!actual.AsSpan().SequenceEqual(expected))
            {
                throw new ClusterException(
                    ClusterErrorKind.Failed,
                    $"{name} is not the published file: its SHA-512 is {Short(actual)}…, and {Short(expected)}… was published; nothing was installed");
            }
        }
    }

    private static string Short(byte[] sum) => Convert.ToHexStringLower(sum.AsSpan(0, 8));
}
