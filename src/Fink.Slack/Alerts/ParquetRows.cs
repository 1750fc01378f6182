using System.Text;
using Fink.ScienceDb;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Sources;

namespace Fink.Slack.Alerts;

/// <summary>Alerts of the science database's Parquet: four columns as text, in one pass.</summary>
internal static class ParquetRows
{
    public static IEnumerable<AlertRow> Read(string path, string? classColumn)
    {
        var listing = new ScienceSource(path).List();
        if (listing.Unreadable is [var unreadable, ..])
        {
            throw unreadable;
        }

        using var database = new ScienceDatabase(new ScienceDatabaseOptions(listing.Folders));
        foreach (var file in listing.Files)
        {
            var columns = AlertColumns.Choose(file.Path, [.. database.ReadSchema(file).Paths()], classColumn);
            using var scan = database.Scan(file, new ScanPlan([], columns.Names, []));
            while (scan.MoveNext())
            {
                for (var row = 0; row < scan.Batch.RowCount; row++)
                {
                    yield return new AlertRow(columns, TextsOf(scan.Batch, row));
                }
            }
        }
    }

    private static string?[] TextsOf(ColumnBatch batch, int row)
    {
        var texts = new string?[batch.Columns.Count];
        for (var column = 0; column < texts.Length; column++)
        {
            texts[column] = batch[column].IsNull(row) ? null : Encoding.UTF8.GetString(batch[column].Bytes(row));
        }

        return texts;
    }
}
