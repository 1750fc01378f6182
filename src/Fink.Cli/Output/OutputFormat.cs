namespace Fink.Cli.Output;

internal enum OutputFormat
{
    /// <summary>For people: drawn on a terminal, aligned columns elsewhere.</summary>
    Table,

    /// <summary>One JSON document; keys in Kafka's own words, a list is never null.</summary>
    Json,

    /// <summary>A line a row, tabs between the cells, no header: for cut and read.</summary>
    Tsv,
}

internal static class OutputFormats
{
    public static IReadOnlyList<string> Names { get; } = ["table", "json", "tsv"];

    public static OutputFormat? Find(string name) => name switch
    {
        "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "tsv" => OutputFormat.Tsv,
        _ => null,
    };
}
