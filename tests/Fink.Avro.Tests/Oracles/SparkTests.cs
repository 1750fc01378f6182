using System.Security.Cryptography;
using System.Text.Json;
using Fink.TestSupport;

namespace Fink.Avro.Tests.Oracles;

/// <summary>Apache Spark's own <c>to_avro</c> of the same real rows: the schema it derives, and every value's bytes.</summary>
public sealed class SparkTests
{
    public static TheoryData<string, string> Sources => new()
    {
        { "ztf", "data/science/ztf" },
        { "ztf-2023", "data/science/ztf-2023.parquet" },
        { "rubin", "data/science/rubin" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Every_value_is_Sparks_byte_for_byte(string name, string source)
    {
        using var expected = Read(name);
        var rows = expected.RootElement.GetProperty("rows");

        var (_, values) = Night.Encode(SharedFolder.Require(source));

        Assert.Equal(rows.GetArrayLength(), values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Assert.Equal(rows[i].GetProperty("len").GetInt32(), values[i].Length);
            Assert.Equal(Sha256Of(rows[i]), Convert.ToHexStringLower(SHA256.HashData(values[i])));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void The_schema_is_Sparks_but_for_the_records_names(string name, string source)
    {
        using var expected = Read(name);
        var theirs = global::Avro.Schema.Parse(expected.RootElement.GetProperty("schema").ToString());

        var (schema, _) = Night.Encode(SharedFolder.Require(source));

        var ours = global::Avro.Schema.Parse(System.Text.Encoding.UTF8.GetString(schema.Json));
        Assert.Equal(Shape(theirs), Shape(ours));
    }

    private static string Sha256Of(JsonElement row) =>
        (row.TryGetProperty("sha256_maps_in_file_order", out var inFileOrder) ? inFileOrder : row.GetProperty("sha256")).GetString()!;

    private static JsonDocument Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(SharedFolder.Require($"data/expected/{name}.spark.json")));

    /// <summary>The schema without the names of records.</summary>
    private static string Shape(global::Avro.Schema schema) => schema switch
    {
        global::Avro.RecordSchema record =>
            $"{{{string.Join(',', record.Fields.Select(field => $"{field.Name}:{Shape(field.Schema)}"))}}}",
        global::Avro.UnionSchema union => $"[{string.Join(',', union.Schemas.Select(Shape))}]",
        global::Avro.ArraySchema array => $"array<{Shape(array.ItemSchema)}>",
        global::Avro.MapSchema map => $"map<{Shape(map.ValueSchema)}>",
        _ => schema.ToString(),
    };
}
