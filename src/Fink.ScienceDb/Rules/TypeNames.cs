using System.Text;

namespace Fink.ScienceDb.Rules;

/// <summary>DuckDB's names of types, short enough for a message.</summary>
internal static class TypeNames
{
    private const string Struct = "STRUCT(";

    /// <summary>Writes each <c>STRUCT(a INTEGER, b …)</c> in a text as <c>STRUCT(… 2 fields)</c>; all else stays.</summary>
    public static string Shorten(string text)
    {
        var shortened = new StringBuilder();
        var at = 0;
        while (text.IndexOf(Struct, at, StringComparison.Ordinal) is >= 0 and var start && End(text, start + Struct.Length) is { } end)
        {
            var unit = end.Fields == 1 ? "field" : "fields";
            shortened.Append(text, at, start - at).Append($"{Struct}… {end.Fields} {unit})");
            at = end.After;
        }

        return shortened.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Where the parenthesis closes, names in double quotes passed over; null where it does not.</summary>
    private static (int After, int Fields)? End(string text, int start)
    {
        var depth = 1;
        var fields = 1;
        var isQuoted = false;
        for (var i = start; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '"';
            depth += isQuoted ? 0 : text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            fields += !isQuoted && depth == 1 && text[i] == ',' ? 1 : 0;
            if (depth == 0)
            {
                return (i + 1, fields);
            }
        }

        return null;
    }
}
