using Fink.ScienceDb.Rules;

namespace Fink.ScienceDb.Scans;

/// <summary>What one pass over a file reads: columns whole, some paths as text, and every rule.</summary>
/// <param name="Columns">Top-level columns, as they are.</param>
/// <param name="Texts">Dotted paths read as text (a number in decimal): identifiers, class names, versions.</param>
/// <param name="Rules">Conditions: one boolean a row each.</param>
public sealed record ScanPlan(IReadOnlyList<string> Columns, IReadOnlyList<string> Texts, IReadOnlyList<RowRule> Rules)
{
    /// <summary>Where in a batch the texts begin.</summary>
    public int FirstText => Columns.Count;

    /// <summary>Where in a batch the rules begin.</summary>
    public int FirstRule => Columns.Count + Texts.Count;

    public int ColumnCount => FirstRule + Rules.Count;
}

/// <summary>Rows <c>First</c> up to, not including, <c>End</c> of a file, counted from 0.</summary>
public readonly record struct RowRange(long First, long End)
{
    public long Count => End - First;
}
