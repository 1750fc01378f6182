using System.Text;
using Fink.Avro.Encoding;
using Fink.Client;
using Fink.ScienceDb;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Sources;

namespace Fink.Cli.Commands.Alerts;

/// <summary>A row of the science database as the alert that <c>distribute</c> would send.</summary>
internal static class ParquetAlert
{
    /// <param name="row">From 0.</param>
    /// <returns>Null where the file has fewer rows.</returns>
    /// <exception cref="ScienceDbException">The file cannot be read.</exception>
    public static Alert? Read(string path, long row)
    {
        var listing = new ScienceSource(path).List();
        if (listing.Unreadable is [var unreadable, ..])
        {
            throw unreadable;
        }

        var file = listing.Files[0];
        using var database = new ScienceDatabase(new ScienceDatabaseOptions(listing.Folders));
        var schema = Avro.AlertSchema.Create(database.ReadSchema(file));
        var plan = new ScanPlan([.. schema.Columns], [], []);
        using var scan = database.Scan(file, plan, new RowRange(row, row + 1));
        if (!scan.MoveNext())
        {
            return null;
        }

        using var buffer = new AvroBuffer();
        var encoder = new Avro.RowEncoder(schema, plan.Columns);
        encoder.Bind(scan.Batch);
        encoder.Encode(0, buffer);
        return Alert.Of(new AlertPosition(path, 0, row), AlertSchema.Parse(Encoding.UTF8.GetString(schema.Json)), buffer.Written.ToArray());
    }
}
