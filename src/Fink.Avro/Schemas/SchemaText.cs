using System.Buffers;
using System.Text.Json;

namespace Fink.Avro.Schemas;

/// <summary>Writes a schema as compact JSON, or in Avro's parsing canonical form (which knows no logical types).</summary>
internal static class SchemaText
{
    public static byte[] Write(RecordNode root, bool canonical)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteType(json, root, canonical);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteType(Utf8JsonWriter json, SchemaNode node, bool canonical)
    {
        switch (node)
        {
            case PrimitiveNode primitive:
                WritePrimitive(json, primitive, canonical);
                break;
            case ArrayNode array:
                json.WriteStartObject();
                json.WriteString("type", "array");
                json.WritePropertyName("items");
                WriteUnion(json, array.Item, canonical);
                json.WriteEndObject();
                break;
            case MapNode map:
                json.WriteStartObject();
                json.WriteString("type", "map");
                json.WritePropertyName("values");
                WriteUnion(json, map.Value, canonical);
                json.WriteEndObject();
                break;
            case RecordNode record:
                WriteRecord(json, record, canonical);
                break;
        }
    }

    private static void WritePrimitive(Utf8JsonWriter json, PrimitiveNode primitive, bool canonical)
    {
        if (canonical || primitive.LogicalType is null)
        {
            json.WriteStringValue(primitive.Type);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", primitive.Type);
        json.WriteString("logicalType", primitive.LogicalType);
        if (primitive.LogicalType == "decimal")
        {
            json.WriteNumber("precision", primitive.Source.Precision);
            json.WriteNumber("scale", primitive.Source.Scale);
        }

        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, RecordNode record, bool canonical)
    {
        // The canonical form's order of attributes: name, type, fields.
        json.WriteStartObject();
        if (canonical)
        {
            json.WriteString("name", record.FullName);
            json.WriteString("type", "record");
        }
        else
        {
            json.WriteString("type", "record");
            json.WriteString("name", record.FullName);
        }

        json.WriteStartArray("fields");
        foreach (var field in record.Fields)
        {
            json.WriteStartObject();
            json.WriteString("name", field.Name);
            json.WritePropertyName("type");
            if (field.IsNullable)
            {
                WriteUnion(json, field.Type, canonical);
            }
            else
            {
                WriteType(json, field.Type, canonical);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The type first, so that a value's branch is 0 and null's is 1.</summary>
    private static void WriteUnion(Utf8JsonWriter json, SchemaNode node, bool canonical)
    {
        json.WriteStartArray();
        WriteType(json, node, canonical);
        json.WriteStringValue("null");
        json.WriteEndArray();
    }
}
