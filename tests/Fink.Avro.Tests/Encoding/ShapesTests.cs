using System.Text.Json.Nodes;
using Fink.Avro.Tests.Oracles;
using Fink.TestSupport;

namespace Fink.Avro.Tests.Encoding;

/// <summary>Every shape and edge that Parquet can bring, written by DuckDB, encoded by us, decoded by Apache.Avro.</summary>
public sealed class ShapesTests : IDisposable
{
    private readonly ParquetFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("true", "true")]
    [InlineData("NULL::BOOLEAN", "null")]
    [InlineData("(-128)::TINYINT", "-128")]
    [InlineData("255::UTINYINT", "255")]
    [InlineData("(-32768)::SMALLINT", "-32768")]
    [InlineData("65535::USMALLINT", "65535")]
    [InlineData("(-2147483648)::INTEGER", "-2147483648")]
    [InlineData("2147483647::INTEGER", "2147483647")]
    [InlineData("4294967295::UINTEGER", "4294967295")]
    [InlineData("(-9223372036854775808)::BIGINT", "-9223372036854775808")]
    [InlineData("9223372036854775807::BIGINT", "9223372036854775807")]
    [InlineData("18446744073709551615::UBIGINT", "\"18446744073709551615\"")]
    [InlineData("0::UBIGINT", "\"0\"")]
    [InlineData("'nan'::FLOAT", "\"NaN\"")]
    [InlineData("'-inf'::DOUBLE", "\"-Infinity\"")]
    [InlineData("'inf'::FLOAT", "\"Infinity\"")]
    [InlineData("1.1754944e-38::FLOAT", "1.1754944E-38")]
    [InlineData("5e-324::DOUBLE", "5E-324")]
    [InlineData("''", "\"\"")]
    [InlineData("'twelve bytes'", "\"twelve bytes\"")]
    [InlineData("'thirteen byte'", "\"thirteen byte\"")]
    [InlineData("'Größe ★ 🌌'", "\"Größe ★ 🌌\"")]
    [InlineData("''::BLOB", """{"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","len":0}""")]
    [InlineData("'a'::ENUM('a', 'b')", "\"a\"")]
    [InlineData("'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID", "\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"")]
    [InlineData("'ffffffff-9dad-11d1-80b4-00c04fd430c8'::UUID", "\"ffffffff-9dad-11d1-80b4-00c04fd430c8\"")]
    [InlineData("1.5::DECIMAL(4, 1)", "\"15\"")]
    [InlineData("-0.01::DECIMAL(4, 2)", "\"-1\"")]
    [InlineData("-1.28::DECIMAL(9, 2)", "\"-128\"")]
    [InlineData("1.28::DECIMAL(9, 2)", "\"128\"")]
    [InlineData("-999999999999.999999::DECIMAL(18, 6)", "\"-999999999999999999\"")]
    [InlineData("99999999999999999999999999999999999999::DECIMAL(38, 0)", "\"99999999999999999999999999999999999999\"")]
    [InlineData("-99999999999999999999999999999999999.999::DECIMAL(38, 3)", "\"-99999999999999999999999999999999999999\"")]
    [InlineData("DATE '2024-02-29'", "\"2024-02-29\"")]
    [InlineData("DATE '1969-12-31'", "\"1969-12-31\"")]
    [InlineData("TIME '23:59:59.999999'", "86399999999")]
    [InlineData("TIMESTAMP '2019-11-04 03:18:00.5'", "\"2019-11-04 03:18:00.5\"")]
    [InlineData("TIMESTAMP '1969-12-31 23:59:59.999999'", "\"1969-12-31 23:59:59.999999\"")]
    [InlineData("TIMESTAMP '1900-03-01 00:00:00'", "\"1900-03-01 00:00:00\"")]
    [InlineData("TIMESTAMP '0001-01-01 00:00:00.000001'", "\"0001-01-01 00:00:00.000001\"")]
    [InlineData("TIMESTAMP '12345-01-01 00:00:00'", "\"+12345-01-01 00:00:00\"")]
    [InlineData("TIMESTAMPTZ '2024-07-01 12:00:00+02'", "\"2024-07-01 10:00:00\"")]
    [InlineData("TIMESTAMP_S '2024-07-01 12:00:01'", "\"2024-07-01 12:00:01\"")]
    [InlineData("TIMESTAMP_MS '2024-07-01 12:00:01.120'", "\"2024-07-01 12:00:01.12\"")]
    [InlineData("TIMESTAMP_NS '2024-07-01 12:00:01.123456789'", "\"2024-07-01 12:00:01.123456789\"")]
    [InlineData("NULL", "null")]
    [InlineData("[]::INTEGER[]", "[]")]
    [InlineData("NULL::INTEGER[]", "null")]
    [InlineData("[1, NULL, 3]", "[1,null,3]")]
    [InlineData("[[1], [], NULL, [NULL, 2]]", "[[1],[],null,[null,2]]")]
    [InlineData("[['a'], ['b', 'a text of more than twelve bytes']]", """[["a"],["b","a text of more than twelve bytes"]]""")]
    [InlineData("{'a': 1, 'b': NULL::VARCHAR}", """{"a":1,"b":null}""")]
    [InlineData("NULL::STRUCT(a INTEGER, b STRUCT(c INTEGER))", """{"a":null,"b":null}""")]
    [InlineData("{'a': {'b': NULL::STRUCT(c INTEGER)}}", """{"a":{"b":null}}""")]
    [InlineData("{'a': {'b': {'c': NULL::INTEGER}}}", """{"a":{"b":{"c":null}}}""")]
    [InlineData("[{'a': 1, 'b': ['x']}, NULL, {'a': NULL, 'b': NULL}]", """[{"a":1,"b":["x"]},null,{"a":null,"b":null}]""")]
    [InlineData("MAP {'k': 1, 'l': NULL}", """{"k":1,"l":null}""")]
    [InlineData("MAP {}::MAP(VARCHAR, INTEGER)", "{}")]
    [InlineData("NULL::MAP(VARCHAR, INTEGER)", "null")]
    [InlineData("MAP {'k': [{'a': MAP {'z': [1.5::DOUBLE]}}], 'l': []}", """{"k":[{"a":{"z":[1.5]}}],"l":[]}""")]
    [InlineData("MAP {'g': {'mean': 1.5::DOUBLE, 'n': 3}, 'r': NULL}", """{"g":{"mean":1.5,"n":3},"r":null}""")]
    public void A_value_comes_back_as_it_was_written(string sql, string expected)
    {
        // Among others, so that a byte too many or too few shows, and behind a first row of another offset.
        var path = _files.Write("x.parquet", $"SELECT 1 AS before, ({sql}) AS v, 2 AS after UNION ALL SELECT 1, ({sql}), 2");

        var (schema, values) = Night.Encode(path);
        var rows = Decoded.ByApache(schema, values);

        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Null(Json.FirstDifference(
            new JsonObject { ["before"] = 1, ["v"] = JsonNode.Parse(expected), ["after"] = 2 }, row)));
    }

    [Fact]
    public void Rows_beyond_one_vector_come_in_file_order()
    {
        var path = _files.Write("x.parquet", """
            SELECT range AS id, CASE WHEN range % 3 > 0 THEN range(range % 5) END AS l,
                   CASE WHEN range % 7 > 0 THEN {'t': repeat('x', (range % 40)::INTEGER)} END AS s FROM range(7000)
            """, rowGroupSize: 3000);

        var (schema, values) = Night.Encode(path);
        var rows = Decoded.ByApache(schema, values);

        Assert.Equal(7000, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var list = i % 3 > 0 ? new JsonArray([.. Enumerable.Range(0, i % 5).Select(item => JsonValue.Create(item))]) : null;
            var text = i % 7 > 0 ? new string('x', i % 40) : null;
            Assert.Null(Json.FirstDifference(new JsonObject { ["id"] = i, ["l"] = list, ["s"] = new JsonObject { ["t"] = text } }, rows[i], $"[{i}]"));
        }
    }

    [Fact]
    public void A_value_of_megabytes_is_whole()
    {
        var path = _files.Write("x.parquet", "SELECT repeat('0123456789', 300000) AS t, repeat('ab', 2000000)::BLOB AS b");

        var (schema, values) = Night.Encode(path);
        var row = Assert.Single(Decoded.ByApache(schema, values));

        Assert.Equal(3_000_000, row["t"]!.GetValue<string>().Length);
        Assert.Equal(4_000_000, row["b"]!["len"]!.GetValue<int>());
    }
}
