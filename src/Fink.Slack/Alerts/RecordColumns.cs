using Avro;

namespace Fink.Slack.Alerts;

/// <summary>The fields of an Avro record as columns: those of a nested record are named behind a dot.</summary>
internal static class RecordColumns
{
    public static IEnumerable<string> Of(RecordSchema schema, string prefix = "")
    {
        foreach (var field in schema.Fields)
        {
            yield return prefix + field.Name;
            if (Filled(field.Schema) is RecordSchema nested)
            {
                foreach (var below in Of(nested, $"{prefix}{field.Name}."))
                {
                    yield return below;
                }
            }
        }
    }

    private static Schema Filled(Schema schema) =>
        schema is UnionSchema union ? union.Schemas.FirstOrDefault(branch => branch.Tag != Schema.Type.Null) ?? schema : schema;
}
