using Fink.ScienceDb;
using Fink.ScienceDb.Columns;
using Fink.TestSupport;

namespace Fink.Avro.Tests.Schemas;

public sealed class AlertSchemaTests
{
    private static readonly ColumnType Int = new(ColumnKind.Int32);
    private static readonly ColumnType Text = new(ColumnKind.Text);

    [Fact]
    public void The_schema_is_one_compact_JSON_text()
    {
        var schema = Schema(
            Field("candid", new(ColumnKind.Int64)),
            Field("candidate", Struct(Field("jd", new(ColumnKind.Double)), Field("inner", Struct(Field("a", Int))))),
            Field("history", List(Struct(Field("fid", Int)))),
            Field("links", Map(Text)));

        Assert.Equal(
            """{"type":"record","name":"topLevelRecord.value","fields":[{"name":"candid","type":["long","null"]},"""
            + """{"name":"candidate","type":{"type":"record","name":"topLevelRecord.candidate","fields":[{"name":"jd","type":["double","null"]},"""
            + """{"name":"inner","type":[{"type":"record","name":"topLevelRecord.candidate.inner","fields":[{"name":"a","type":["int","null"]}]},"null"]}]}},"""
            + """{"name":"history","type":[{"type":"array","items":[{"type":"record","name":"topLevelRecord.history","fields":[{"name":"fid","type":["int","null"]}]},"null"]},"null"]},"""
            + """{"name":"links","type":[{"type":"map","values":["string","null"]},"null"]}]}""",
            Json(schema));
    }

    [Fact]
    public void Decimals_dates_and_times_carry_their_logical_types()
    {
        var schema = Schema(
            Field("flux", new(ColumnKind.Decimal) { Precision = 12, Scale = 3 }),
            Field("big", new(ColumnKind.UInt64)),
            Field("night", new(ColumnKind.Date)),
            Field("at", new(ColumnKind.Time)),
            Field("when", new(ColumnKind.TimestampNanos)),
            Field("nothing", new(ColumnKind.Null)));

        Assert.Contains("""{"name":"flux","type":[{"type":"bytes","logicalType":"decimal","precision":12,"scale":3},"null"]}""", Json(schema), StringComparison.Ordinal);
        Assert.Contains("""{"type":"bytes","logicalType":"decimal","precision":20,"scale":0}""", Json(schema), StringComparison.Ordinal);
        Assert.Contains("""{"name":"night","type":[{"type":"int","logicalType":"date"},"null"]}""", Json(schema), StringComparison.Ordinal);
        Assert.Contains("""{"name":"at","type":[{"type":"long","logicalType":"time-micros"},"null"]}""", Json(schema), StringComparison.Ordinal);
        Assert.Contains("""{"name":"when","type":["string","null"]}""", Json(schema), StringComparison.Ordinal);
        Assert.Contains("""{"name":"nothing","type":["int","null"]}""", Json(schema), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_would_share_a_name_get_their_own()
    {
        var schema = Schema(
            Field("value", Struct(Field("x", Int))),
            Field("pairs", Map(Struct(Field("pairs", Struct(Field("x", Int)))))),
            Field("deep", List(List(Struct(Field("x", Int))))));

        // Apache.Avro refuses a name that is defined twice.
        var parsed = global::Avro.Schema.Parse(Json(schema));

        Assert.Equal("topLevelRecord.value", parsed.Fullname);
        Assert.Contains("\"topLevelRecord.value_\"", Json(schema), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data/science/ztf")]
    [InlineData("data/science/ztf-2023.parquet")]
    [InlineData("data/science/rubin")]
    public void The_fingerprint_is_Apache_Avros(string source)
    {
        var (schema, _) = Night.Encode(SharedFolder.Require(source));
        AssertFingerprint(schema);
    }

    [Fact]
    public void The_fingerprint_does_not_see_logical_types() =>
        AssertFingerprint(Schema(Field("flux", new(ColumnKind.Decimal) { Precision = 12, Scale = 3 }), Field("night", new(ColumnKind.Date))));

    [Theory]
    [InlineData("a", "", "a")]
    [InlineData("c.x", "", "c{x}")]
    [InlineData("C.X,b", "", "b,c{x}")]
    [InlineData("", "a", "b,c{x,y{z,w}},l")]
    [InlineData("", "c.y", "a,b,c{x},l")]
    [InlineData("", "c.y.z", "a,b,c{x,y{w}},l")]
    [InlineData("", "c.x,c.y", "a,b,l")]
    [InlineData("c", "c.y.w", "c{x,y{z}}")]
    [InlineData("b,a", "", "a,b")]
    public void Columns_are_selected_and_dropped_by_path(string select, string drop, string left)
    {
        var schema = AlertSchema.Create(Source, Paths(select), Paths(drop));

        Assert.Equal(left, Shape((global::Avro.RecordSchema)global::Avro.Schema.Parse(Json(schema))));
    }

    [Theory]
    [InlineData("nope", "", "no column nope")]
    [InlineData("", "c.nope", "no column c.nope")]
    [InlineData("", "l.q", "no column l.q")]
    [InlineData("a", "a", "no column is left")]
    public void A_projection_that_makes_no_sense_is_refused(string select, string drop, string reason)
    {
        var error = Assert.Throws<AlertSchemaException>(() => AlertSchema.Create(Source, Paths(select), Paths(drop)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_without_a_place_in_Avro_is_named_unless_it_is_dropped()
    {
        using var files = new ParquetFiles();
        var path = files.Write("x.parquet", "SELECT 7 AS id, {'gap': INTERVAL 1 DAY, 'a': 1} AS s, MAP {1: 'one'} AS m, 2 AS \"d-m\"");

        Assert.Contains("s.gap has the type Interval", Refused(path, "m", "d-m"), StringComparison.Ordinal);
        Assert.Contains("m is a map whose keys are Int32", Refused(path, "s", "d-m"), StringComparison.Ordinal);
        Assert.Contains("d-m has a name that Avro does not allow", Refused(path, "s", "m"), StringComparison.Ordinal);
        var (schema, values) = Night.Encode(path, "s.gap", "m", "d-m");
        Assert.Equal("""{"id":7,"s":{"a":1}}""", Assert.Single(Decoded.ByApache(schema, values)).ToJsonString());
    }

    private static SourceSchema Source => new(
        [
            Field("a", Int), Field("b", Text),
            Field("c", Struct(Field("x", Int), Field("y", Struct(Field("z", Int), Field("w", Int))))),
            Field("l", List(Struct(Field("q", Int)))),
        ],
        [Field("year", Int)]);

    private static string Refused(string path, params string[] drop) =>
        Assert.Throws<AlertSchemaException>(() => Night.Encode(path, drop)).Message;

    private static void AssertFingerprint(AlertSchema schema) => Assert.Equal(
        (ulong)global::Avro.SchemaNormalization.ParsingFingerprint64(global::Avro.Schema.Parse(Json(schema))),
        schema.Fingerprint);

    private static string Shape(global::Avro.RecordSchema record) => string.Join(',', record.Fields.Select(field =>
    {
        var type = field.Schema is global::Avro.UnionSchema union ? union.Schemas[0] : field.Schema;
        return type is global::Avro.RecordSchema below ? $"{field.Name}{{{Shape(below)}}}" : field.Name;
    }));

    private static string[] Paths(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static AlertSchema Schema(params ColumnField[] columns) => AlertSchema.Create(new SourceSchema(columns, []));

    private static string Json(AlertSchema schema) => System.Text.Encoding.UTF8.GetString(schema.Json);

    private static ColumnField Field(string name, ColumnType type) => new(name, type);

    private static ColumnType Struct(params ColumnField[] fields) => new(ColumnKind.Struct, fields);

    private static ColumnType List(ColumnType item) => new(ColumnKind.List, [new("item", item)]);

    private static ColumnType Map(ColumnType value) => new(ColumnKind.Map, [new("key", Text), new("value", value)]);
}
