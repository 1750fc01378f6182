using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Avro;
using Avro.Generic;
using Avro.IO;
using AvroSchemaType = Avro.Schema;

namespace Fink.Avro.Tests;

/// <summary>Values as Apache.Avro decodes them, in the JSON of ../shared/data/expected/expect.py.</summary>
internal static class Decoded
{
    public static List<JsonObject> ByApache(AlertSchema schema, IEnumerable<byte[]> values)
    {
        var parsed = AvroSchemaType.Parse(System.Text.Encoding.UTF8.GetString(schema.Json));
        var reader = new GenericDatumReader<GenericRecord>(parsed, parsed);
        return [.. values.Select(value => ToJson(Read(reader, value)))];
    }

    private static GenericRecord Read(GenericDatumReader<GenericRecord> reader, byte[] value)
    {
        using var stream = new MemoryStream(value);
        var record = reader.Read(null!, new BinaryDecoder(stream));
        Assert.Equal(value.Length, stream.Position);
        return record;
    }

    private static JsonObject ToJson(GenericRecord record)
    {
        var json = new JsonObject();
        foreach (var field in record.Schema.Fields)
        {
            json[field.Name] = ToJson(record[field.Name]);
        }

        return json;
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        GenericRecord record => ToJson(record),
        IDictionary<string, object> map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        byte[] bytes => new JsonObject { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)), ["len"] = bytes.Length },
        float number => Number(float.IsFinite(number), number, number.ToString("R", CultureInfo.InvariantCulture)),
        double number => Number(double.IsFinite(number), number, number.ToString("R", CultureInfo.InvariantCulture)),
        AvroDecimal number => number.UnscaledValue.ToString(CultureInfo.InvariantCulture),
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeSpan time => time.Ticks / TimeSpan.TicksPerMicrosecond,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(ToJson)]),
        _ => throw new NotSupportedException(value.GetType().FullName),
    };

    private static JsonNode Number(bool isFinite, double value, string shortest) => isFinite
        ? JsonValue.Create(double.Parse(shortest, CultureInfo.InvariantCulture))
        : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
