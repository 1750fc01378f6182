using Fink.Client;

namespace Fink.Slack.Alerts;

/// <summary>Alerts of a file: Parquet (also a folder of it), Avro or CSV, known by the name's end.</summary>
public static class AlertFile
{
    private static readonly string[] TextEndings = [".csv", ".tsv"];

    /// <summary>Whether a name is a file's, be it there or not: a topic's has no folder and, if its maker is kind, no such end.</summary>
    public static bool IsNamedLikeOne(string name) =>
        name.Contains('/', StringComparison.Ordinal) || name.Contains('\\', StringComparison.Ordinal)
        || HasEnding(name, [".parquet", ".avro", .. TextEndings]);

    /// <param name="classColumn">The column of the classes; null to look for one.</param>
    /// <exception cref="UnreadableAlertsException">Also while enumerating: it is not there, not whole, or of another kind.</exception>
    /// <exception cref="AlertReadException">While enumerating: an Avro file that is damaged, or is none.</exception>
    /// <exception cref="Fink.ScienceDb.ScienceDbException">Also while enumerating: Parquet that is damaged, or is none.</exception>
    /// <exception cref="UnknownColumnException">While enumerating: a column that a table needs is not there.</exception>
    public static IEnumerable<AlertRow> Read(string path, string? classColumn = null)
    {
        if (!Path.Exists(path))
        {
            throw new UnreadableAlertsException($"{path}: there is no such file");
        }

        return Directory.Exists(path) || HasEnding(path, [".parquet"]) ? ParquetRows.Read(path, classColumn)
            : HasEnding(path, [".avro"]) ? AlertFileReader.Read(path).Select(new AlertRows(classColumn).Of)
            : HasEnding(path, TextEndings) ? CsvRows.Read(path, classColumn)
            : throw new UnreadableAlertsException($"{path}: a file of alerts is called .parquet, .avro, .csv or .tsv, after what it holds");
    }

    private static bool HasEnding(string path, string[] endings) =>
        endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
