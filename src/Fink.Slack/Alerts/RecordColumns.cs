using Avro;

namespace Fink.Slack.Alerts;

/// <summary>The fields of an Avro record as columns, the outer ones first: those of a nested record are named behind a dot.</summary>
internal static class RecordColumns
{
    // A type may contain itself, and another one many times over: no alert has so many columns, or any so far down.
    private const int Deepest = 8;
    private const int Most = 10_000;

    public static IEnumerable<string> Of(RecordSchema schema) => All(schema).Take(Most);

    private static IEnumerable<string> All(RecordSchema schema)
    {
        var records = new Queue<(RecordSchema Record, string Prefix, int Depth)>([(schema, "", 1)]);
        while (records.TryDequeue(out var open))
        {
            foreach (var field in open.Record.Fields)
            {
                yield return open.Prefix + field.Name;
                if (open.Depth < Deepest && Filled(field.Schema) is RecordSchema nested)
                {
                    records.Enqueue((nested, $"{open.Prefix}{field.Name}.", open.Depth + 1));
                }
            }
        }
    }

    private static Schema Filled(Schema schema) =>
        schema is UnionSchema union ? union.Schemas.FirstOrDefault(branch => branch.Tag != Schema.Type.Null) ?? schema : schema;
}
