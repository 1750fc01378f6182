using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Avro.File;
using Avro.Generic;
using Avro.IO;
using Fink.Client;
using AvroSchemaType = Avro.Schema;

namespace Fink.Avro.Tests.Oracles;

/// <summary>Values as our own subscriber reads them, field by field, in the JSON of ../shared/data/expected/expect.py.</summary>
internal static class LazyClient
{
    public static List<JsonObject> Decode(AlertSchema schema, IEnumerable<byte[]> values)
    {
        var path = Path.GetTempFileName();
        try
        {
            var parsed = AvroSchemaType.Parse(System.Text.Encoding.UTF8.GetString(schema.Json));
            using (var writer = DataFileWriter<byte[]>.OpenWriter(new BareWriter(parsed), path))
            {
                foreach (var value in values)
                {
                    writer.Append(value);
                }
            }

            return [.. AlertFileReader.Read(path).Select(alert => ToJson(alert.Record)!.AsObject())];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonNode? ToJson(AlertValue value) => value.Kind switch
    {
        AlertValueKind.Null => null,
        AlertValueKind.Record or AlertValueKind.Map => new JsonObject(value.Fields.Select(field => KeyValuePair.Create(field.Name, ToJson(field.Value)))),
        AlertValueKind.List => new JsonArray([.. value.Items.Select(ToJson)]),
        AlertValueKind.Bytes => new JsonObject { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(value.AsBytes().Span)), ["len"] = value.AsBytes().Length },
        _ => JsonNode.Parse(value.ToJson()),
    };

    /// <summary>Data that are encoded already.</summary>
    private sealed class BareWriter(AvroSchemaType schema) : DatumWriter<byte[]>
    {
        public AvroSchemaType Schema => schema;

        public void Write(byte[] datum, Encoder encoder) => encoder.WriteFixed(datum);
    }
}
