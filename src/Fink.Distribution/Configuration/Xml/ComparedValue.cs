using System.Globalization;
using System.Text.RegularExpressions;

namespace Fink.Distribution.Configuration.Xml;

/// <summary>A value of a filter rule, read as data: whatever it holds, it never becomes SQL of its own.</summary>
internal readonly partial record struct ComparedValue(string Value, ComparedKind Kind)
{
    /// <summary>The value, or null when it is no number, no truth value and no text in single quotes.</summary>
    public static ComparedValue? Read(string text)
    {
        if (Number().IsMatch(text) && double.IsFinite(double.Parse(text, CultureInfo.InvariantCulture)))
        {
            return new ComparedValue(text.TrimStart('+'), ComparedKind.Number);
        }

        if (text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return new ComparedValue(text.ToLowerInvariant(), ComparedKind.Boolean);
        }

        // Inside the quotes, a quote is written twice, as in SQL.
        return QuotedText().Match(text) is { Success: true } match
            ? new ComparedValue(match.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal), ComparedKind.Text)
            : null;
    }

    [GeneratedRegex(@"\A[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?\z")]
    private static partial Regex Number();

    [GeneratedRegex(@"\A'((?:[^']|'')*)'\z")]
    private static partial Regex QuotedText();
}
