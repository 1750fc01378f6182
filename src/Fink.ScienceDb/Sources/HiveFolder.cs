using System.Globalization;
using Fink.ScienceDb.Columns;

namespace Fink.ScienceDb.Sources;

/// <summary>
/// A folder <c>name=value</c> between a source and a file, as Hive and Spark partition: a column of its own that the file does not hold.
/// </summary>
/// <param name="Value">The value unescaped; null for Hive's <c>__HIVE_DEFAULT_PARTITION__</c>.</param>
public sealed record HiveFolder(string Name, string? Value)
{
    private const string NullValue = "__HIVE_DEFAULT_PARTITION__";

    /// <summary>The folders of a file name relative to its source that are partitions, outermost first.</summary>
    public static IReadOnlyList<HiveFolder> Of(string fileName) =>
    [
        .. fileName.Split('/')[..^1]
            .Select(folder => folder.Split('=', 2))
            .Where(parts => parts is [{ Length: > 0 }, _])
            .Select(parts => new HiveFolder(Uri.UnescapeDataString(parts[0]), Unescape(parts[1])))
            .DistinctBy(folder => folder.Name, StringComparer.OrdinalIgnoreCase),
    ];

    internal ColumnKind Kind => IsInteger ? ColumnKind.Int64 : IsDate ? ColumnKind.Date : ColumnKind.Text;

    /// <summary>A whole number as it is normally written (<c>2024</c>, not <c>02</c>): a rule may then calculate with it.</summary>
    private bool IsInteger =>
        long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number.ToString(CultureInfo.InvariantCulture) == Value;

    private bool IsDate => DateOnly.TryParseExact(Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string? Unescape(string value) => value == NullValue ? null : Uri.UnescapeDataString(value);
}
