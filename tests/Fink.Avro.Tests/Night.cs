using Fink.Avro.Encoding;
using Fink.ScienceDb;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Sources;

namespace Fink.Avro.Tests;

/// <summary>Encodes every row of a source, whole or projected.</summary>
internal static class Night
{
    public static (AlertSchema Schema, List<byte[]> Values) Encode(string location, params string[] drop)
    {
        var source = new ScienceSource(location);
        using var database = new ScienceDatabase(new ScienceDatabaseOptions([source.Root]));
        AlertSchema? schema = null;
        var values = new List<byte[]>();
        using var buffer = new AvroBuffer();
        foreach (var file in source.List().Files)
        {
            schema = AlertSchema.Create(database.ReadSchema(file), [], drop);
            var columns = schema.Columns.ToArray();
            var encoder = new RowEncoder(schema, columns);
            using var scan = database.Scan(file, new ScanPlan(columns, [], []));
            while (scan.MoveNext())
            {
                Append(scan.Batch, encoder, buffer, values);
            }
        }

        return (schema!, values);
    }

    private static void Append(ColumnBatch batch, RowEncoder encoder, AvroBuffer buffer, List<byte[]> values)
    {
        encoder.Bind(batch);
        for (var row = 0; row < batch.RowCount; row++)
        {
            buffer.Clear();
            encoder.Encode(row, buffer);
            values.Add(buffer.Written.ToArray());
        }
    }
}
