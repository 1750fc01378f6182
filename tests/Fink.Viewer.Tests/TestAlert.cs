using System.Text.Json;
using System.Text.Json.Nodes;
using Avro;
using Avro.Generic;
using Avro.IO;
using Fink.Client;

namespace Fink.Viewer.Tests;

/// <summary>Makes alerts in the shape of the surveys, with any value in any field.</summary>
internal static class TestAlert
{
    private static readonly string[] LookFields = ["jd", "fid", "magpsf", "sigmapsf", "diffmaglim"];
    private static readonly string[] SourceFields = ["midpointMjdTai", "psfFlux", "psfFluxErr", "ra", "dec"];

    public static Alert Ztf(
        Look alert, IEnumerable<Look?>? history = null, string objectId = "ZTF26aaaaaaa", string? cdsxmatch = "RRLyrae",
        byte[]? science = null, byte[]? template = null, byte[]? difference = null)
    {
        var schema = AlertSchema.Parse(ZtfSchema);
        var record = new GenericRecord(schema.Record);
        record.Add("objectId", objectId);
        record.Add("candid", 1234567890123456789L);
        record.Add("candidate", Record((RecordSchema)Branch(schema, "candidate"), LookFields, alert.Values));
        var item = (RecordSchema)((UnionSchema)((ArraySchema)Branch(schema, "prv_candidates")).ItemSchema)[0];
        record.Add("prv_candidates", history?.Select(look => look is null ? null : (object)Record(item, LookFields, look.Values)).ToArray());
        record.Add("cdsxmatch", cdsxmatch);
        var cutouts = new[] { ("cutoutScience", science), ("cutoutTemplate", template), ("cutoutDifference", difference) };
        foreach (var (name, bytes) in cutouts)
        {
            var cutout = new GenericRecord((RecordSchema)Branch(schema, name));
            cutout.Add("fileName", "x.fits.gz");
            cutout.Add("stampData", bytes);
            record.Add(name, cutout);
        }

        return Of(schema, record);
    }

    public static Alert Rubin(Look alert, IEnumerable<Look?>? history = null, string? band = "r", byte[]? science = null)
    {
        var schema = AlertSchema.Parse(RubinSchema);
        var record = new GenericRecord(schema.Record);
        record.Add("diaSourceId", 987654321L);
        record.Add("diaSource", Source((RecordSchema)Branch(schema, "diaSource"), alert, band));
        var item = (RecordSchema)((UnionSchema)((ArraySchema)Branch(schema, "prvDiaSources")).ItemSchema)[0];
        record.Add("prvDiaSources", history?.Select(look => look is null ? null : (object)Source(item, look, band)).ToArray());
        record.Add("cutoutScience", science);
        return Of(schema, record);
    }

    private static GenericRecord Source(RecordSchema schema, Look look, string? band)
    {
        var source = Record(schema, SourceFields, [.. look.Values[..3], 10.5, -20.25]);
        source.Add("band", band);
        return source;
    }

    private static Alert Of(AlertSchema schema, GenericRecord record)
    {
        using var stream = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(schema.Record).Write(record, new BinaryEncoder(stream));
        return Alert.Of(new AlertPosition("fink_test_ztf", 0, 7), schema, stream.ToArray());
    }

    private static GenericRecord Record(RecordSchema schema, string[] fields, object?[] values)
    {
        var record = new GenericRecord(schema);
        foreach (var (field, value) in fields.Zip(values))
        {
            record.Add(field, value);
        }

        return record;
    }

    private static Schema Branch(AlertSchema schema, string field) =>
        schema.Record[field].Schema is UnionSchema union ? union[0] : schema.Record[field].Schema;

    private static string ZtfSchema { get; } = Json("ztf",
        Field("objectId", "string"), Field("candid", "long"),
        new JsonObject { ["name"] = "candidate", ["type"] = RecordType("candidate", LookFields) },
        Field("prv_candidates", List(RecordType("look", LookFields))),
        Field("cdsxmatch", "string"),
        new JsonObject { ["name"] = "cutoutScience", ["type"] = CutoutType("science") },
        new JsonObject { ["name"] = "cutoutTemplate", ["type"] = CutoutType("template") },
        new JsonObject { ["name"] = "cutoutDifference", ["type"] = CutoutType("difference") });

    private static string RubinSchema { get; } = Json("rubin",
        Field("diaSourceId", "long"),
        new JsonObject { ["name"] = "diaSource", ["type"] = SourceType("source") },
        Field("prvDiaSources", List(SourceType("earlier"))),
        Field("cutoutScience", "bytes"));

    private static JsonObject List(JsonNode item) => new() { ["type"] = "array", ["items"] = new JsonArray(item, "null") };

    private static JsonObject RecordType(string name, string[] fields) => new()
    {
        ["type"] = "record",
        ["name"] = name,
        ["fields"] = new JsonArray([.. fields.Select(field => Field(field, field == "fid" ? "int" : "double"))]),
    };

    private static JsonObject SourceType(string name)
    {
        var type = RecordType(name, SourceFields);
        type["fields"]!.AsArray().Add(Field("band", "string"));
        return type;
    }

    private static JsonObject CutoutType(string name) => new()
    {
        ["type"] = "record",
        ["name"] = name,
        ["fields"] = new JsonArray(Field("fileName", "string"), Field("stampData", "bytes")),
    };

    private static JsonObject Field(string name, JsonNode type) => new() { ["name"] = name, ["type"] = new JsonArray(type, "null") };

    private static string Json(string name, params JsonNode[] fields) => JsonSerializer.Serialize(new JsonObject
    {
        ["type"] = "record",
        ["name"] = name,
        ["fields"] = new JsonArray(fields),
    });
}

/// <summary>One look at an object; any of its values may be null. For Rubin: day, flux, its error.</summary>
internal sealed record Look(object?[] Values)
{
    public static Look Seen(double jd, int fid, double magnitude, double? error = 0.1) => new([jd, fid, magnitude, error, 20.5]);

    public static Look NotSeen(double jd, int fid, double limit) => new([jd, fid, null, null, limit]);

    public static Look Flux(double mjd, double? flux, double? error) => new([mjd, flux, error, null, null]);
}
