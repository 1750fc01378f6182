using System.Text.Json.Nodes;
using Fink.TestSupport;

namespace Fink.Avro.Tests.Oracles;

/// <summary>Every row of the real files, encoded by us and decoded by others, against what pyarrow reads.</summary>
public sealed class RowsTests
{
    [Theory]
    [MemberData(nameof(SparkTests.Sources), MemberType = typeof(SparkTests))]
    public void Apache_Avro_decodes_what_pyarrow_reads(string name, string source)
    {
        var expected = File.ReadAllLines(SharedFolder.Require($"data/expected/{name}.jsonl"));
        var (schema, values) = Night.Encode(SharedFolder.Require(source));

        AssertRows(name, expected, Decoded.ByApache(schema, values));
    }

    [Theory]
    [MemberData(nameof(SparkTests.Sources), MemberType = typeof(SparkTests))]
    public void Debians_python_avro_decodes_what_pyarrow_reads(string name, string source)
    {
        var expected = File.ReadAllLines(SharedFolder.Require($"data/expected/{name}.jsonl"));
        var (schema, values) = Night.Encode(SharedFolder.Require(source));

        AssertRows(name, expected, PythonAvro.Decode(schema, values));
    }

    [Theory]
    [MemberData(nameof(SparkTests.Sources), MemberType = typeof(SparkTests))]
    public void Our_subscriber_decodes_what_pyarrow_reads(string name, string source)
    {
        var expected = File.ReadAllLines(SharedFolder.Require($"data/expected/{name}.jsonl"));
        var (schema, values) = Night.Encode(SharedFolder.Require(source));

        AssertRows(name, expected, LazyClient.Decode(schema, values));
    }

    [Fact]
    public void A_dropped_column_is_missing_and_the_others_stay()
    {
        var source = SharedFolder.Require("data/science/ztf-2023.parquet");
        var expected = File.ReadAllLines(SharedFolder.Require("data/expected/ztf-2023.jsonl"));
        var (schema, values) = Night.Encode(source, "cutoutTemplate", "candidate.ra", "cutoutScience.stampData", "prv_candidates");

        var rows = Decoded.ByApache(schema, values);

        foreach (var (line, row) in expected.Zip(rows))
        {
            var whole = JsonNode.Parse(line)!.AsObject();
            whole.Remove("cutoutTemplate");
            whole.Remove("prv_candidates");
            whole["candidate"]!.AsObject().Remove("ra");
            whole["cutoutScience"]!.AsObject().Remove("stampData");
            WithNullStructsOpened(whole, row);
            Assert.Null(Json.FirstDifference(whole, row));
        }
    }

    private static void AssertRows(string name, string[] expected, List<JsonObject> rows)
    {
        Assert.Equal(expected.Length, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = JsonNode.Parse(expected[i])!.AsObject();
            WithNullStructsOpened(row, rows[i]);
            Assert.Null(Json.FirstDifference(row, rows[i], $"{name}[{i}]"));
        }
    }

    /// <summary>A null struct at the top level becomes a struct of nulls in the message.</summary>
    private static void WithNullStructsOpened(JsonObject expected, JsonObject actual)
    {
        foreach (var (column, value) in actual)
        {
            if (expected[column] is null && value is JsonObject { Count: > 0 } fields && fields.All(field => field.Value is null))
            {
                expected[column] = fields.DeepClone();
            }
        }
    }
}
