using Avro;
using Fink.Client.Plans;

namespace Fink.Client.Tests.Values;

public sealed class AlertValueTests
{
    private static readonly Alert Ztf =
        Some.Alert(Some.ZtfSchema, "ZTF18abc", 12L, new object?[] { 2459000.25, 2, 17.5f, null, 10.5, -3.25 }, null);

    [Fact]
    public void A_field_is_read_by_its_name_and_as_what_it_is()
    {
        Assert.Equal(2459000.25, Ztf["candidate"]["jd"].AsDouble());
        Assert.Equal(2, Ztf["candidate"]["fid"].AsInt());
        Assert.Equal(2.0, Ztf["candidate"]["fid"].AsDouble());
        Assert.Equal(17.5f, Ztf["candidate"]["magpsf"].AsFloat());
        Assert.Equal("ZTF18abc", Ztf["objectId"].AsString());
        Assert.True(Ztf["cdsxmatch"].IsNull);
        Assert.False(Ztf["cdsxmatch"].TryGetString(out _));
        Assert.Equal(AlertValueKind.Record, Ztf["candidate"].Kind);
    }

    [Fact]
    public void A_name_that_is_wrong_is_told_with_the_right_ones()
    {
        var told = Assert.Throws<KeyNotFoundException>(() => Ztf["candidate"]["magpfs"]);

        Assert.Equal(
            "There is no field 'magpfs' in topLevelRecord.candidate in fink_some partition 1 offset 7 (alert 12); it has jd, fid, magpsf, sigmapsf, ra, dec.",
            told.Message);
        Assert.False(Ztf["candidate"].TryGet("magpfs", out var nothing));
        Assert.True(nothing.IsNull);
        Assert.True(Ztf.Find("candidate", "magpfs", "deeper").IsNull);
    }

    [Fact]
    public void What_a_value_is_not_is_told_with_the_alert()
    {
        Assert.Equal(
            "A text was asked for as a number in fink_some partition 1 offset 7 (alert 12).",
            Assert.Throws<InvalidOperationException>(() => Ztf["objectId"].AsDouble()).Message);
        Assert.Equal(
            "A null was asked for as a number in fink_some partition 1 offset 7 (alert 12).",
            Assert.Throws<InvalidOperationException>(() => Ztf["candidate"]["sigmapsf"].AsDouble()).Message);
        Assert.Throws<InvalidOperationException>(() => Ztf["objectId"].Items);
        Assert.Throws<InvalidOperationException>(() => Ztf["candidate"]["jd"].AsLong());
    }

    [Fact]
    public void A_value_may_be_replaced_by_its_own_field()
    {
        var value = Ztf.Record;

        Assert.True(value.TryGet("candidate", out value));
        Assert.True(value.TryGet("fid", out value));
        Assert.Equal(2, value.AsInt());
    }

    [Fact]
    public void The_fields_of_a_null_record_are_null()
    {
        var alert = Some.Alert(
            """{"type":"record","name":"a","fields":[{"name":"r","type":["null",{"type":"record","name":"b","fields":[{"name":"x","type":"int"}]}]}]}""",
            [null]);

        Assert.True(alert["r"]["x"].IsNull);
        Assert.Empty(alert["r"].Fields);
        Assert.Empty(alert["r"].Items);
    }

    [Fact]
    public void Dates_times_and_decimals_are_read_by_their_logical_types()
    {
        var alert = Some.Alert(
            """
            {"type":"record","name":"a","fields":[
             {"name":"day","type":{"type":"int","logicalType":"date"}},
             {"name":"ms","type":{"type":"long","logicalType":"timestamp-millis"}},
             {"name":"us","type":{"type":"long","logicalType":"timestamp-micros"}},
             {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":6,"scale":2}}]}
            """,
            new DateTime(2026, 1, 31), new DateTime(2026, 1, 31, 1, 2, 3, 4, DateTimeKind.Utc), new DateTime(2026, 1, 31, 0, 0, 0, 0, 5, DateTimeKind.Utc), new AvroDecimal(-0.05m));

        Assert.Equal(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), alert["day"].AsTime());
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 1, 2, 3, 4, TimeSpan.Zero), alert["ms"].AsTime());
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 0, 0, 0, 0, 5, TimeSpan.Zero), alert["us"].AsTime());
        Assert.Equal(-0.05m, alert["price"].AsDecimal());
        Assert.Equal(
            """{"day":"2026-01-31T00:00:00Z","ms":"2026-01-31T01:02:03.004Z","us":"2026-01-31T00:00:00.000005Z","price":-0.05}""",
            alert.ToJson());
    }

    [Fact]
    public void A_list_that_contains_its_own_type_is_read_and_one_that_is_too_deep_is_refused()
    {
        const string schema = """{"type":"record","name":"a","fields":[{"name":"next","type":[{"type":"array","items":"a"},"null"]}]}""";

        // Each level: branch 0, a block of one item, … and at the end branch 1; then the ends of all blocks.
        byte[] Nested(int depth) => [.. Enumerable.Repeat<byte[]>([0, 2], depth).SelectMany(b => b), 2, .. new byte[depth]];
        var alert = new Alert(default(AlertPosition), AlertSchema.Parse(schema), Nested(3));

        Assert.True(alert["next"][0]["next"][0]["next"][0]["next"].IsNull);
        Assert.Throws<CorruptDatumException>(() => new Alert(default(AlertPosition), AlertSchema.Parse(schema), Nested(100_000)));
    }

    [Fact]
    public void Items_that_take_no_byte_are_not_counted_for_ever()
    {
        const string schema = """{"type":"record","name":"a","fields":[{"name":"nulls","type":{"type":"array","items":"null"}}]}""";
        byte[] many = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0];

        Assert.Equal(3, new Alert(default(AlertPosition), AlertSchema.Parse(schema), new byte[] { 6, 0 })["nulls"].Items.Count());
        Assert.Throws<CorruptDatumException>(() => new Alert(default(AlertPosition), AlertSchema.Parse(schema), many));
    }

    [Fact]
    public void Reading_facts_allocates_nothing()
    {
        double Read() => Ztf["candidate"]["jd"].AsDouble() + Ztf["candidate"]["magpsf"].AsFloat() + Ztf["candid"].AsLong();
        Read();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var sum = 0.0;
        for (var i = 0; i < 1000; i++)
        {
            sum += Read();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sum);
    }
}
