namespace Fink.ScienceDb.Rules;

/// <summary>A condition over a row, in DuckDB's SQL.</summary>
/// <param name="Name">What messages call it: the topic that it serves.</param>
/// <param name="Where">One scalar expression over columns and nested fields; null matches every row.</param>
public sealed record RowRule(string Name, string? Where);
