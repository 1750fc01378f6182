using System.Globalization;
using Fink.Client;

namespace Fink.Viewer.Facts;

/// <summary>A field of a survey's alerts that is worth a line.</summary>
/// <param name="Path">From the record, by dots.</param>
internal sealed record SurveyField(string Name, string Path, string Unit = "")
{
    private const int LongestText = 200;

    /// <summary>What brokers write where they know nothing.</summary>
    private static readonly HashSet<string> Placeholders = new(StringComparer.OrdinalIgnoreCase) { "", "nan", "none", "null", "unknown", "-" };

    private readonly string[] _path = Path.Split('.');

    /// <summary>Whether a number below zero means something; else it is a placeholder such as -999.</summary>
    public bool CanBeNegative { get; init; }

    /// <returns>Null where the alert does not know it.</returns>
    public Fact? Of(Alert alert) => Text(alert.Find(_path)) is { } text ? new Fact(Name, text + Unit) : null;

    /// <summary>As much of a text as has room on a line; null where it says nothing.</summary>
    public static string? Meaningful(string? text) => text is null || Placeholders.Contains(text.Trim()) ? null
        : text.Length <= LongestText ? text
        : text[..LongestText] + "…";

    private string? Text(AlertValue value)
    {
        if (value.Kind == AlertValueKind.Boolean)
        {
            return value.AsBoolean() ? "yes" : "no";
        }

        return value.TryGetDouble(out var number)
            ? double.IsFinite(number) && (number >= 0 || CanBeNegative) ? Number(value, number) : null
            : value.Kind == AlertValueKind.Text ? Meaningful(value.AsString()) : null;
    }

    private static string Number(AlertValue value, double number) => value.Kind == AlertValueKind.Whole
        ? value.ToString()
        : number.ToString("G5", CultureInfo.InvariantCulture);
}
