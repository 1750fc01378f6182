using System.Runtime.CompilerServices;
using Fink.Client;
using Fink.Slack.Alerts;

namespace Fink.Slack.Tests.Alerts;

/// <summary>The schema comes with the message: whoever sends it chooses it.</summary>
public sealed class HostileSchemaTests
{
    private const string Wanted = """
        {"name":"objectId","type":"string"},{"name":"ra","type":"string"},{"name":"dec","type":"string"},{"name":"cdsxmatch","type":"string"}
        """;

    [Fact]
    public void A_record_that_contains_itself_has_as_many_columns_as_anybody_can_ask_for()
    {
        var row = Row($$"""{"type":"record","name":"r","fields":[{"name":"next","type":["null","r"]},{{Wanted}}]}""", [0, 2, 65, 2, 49, 2, 50, 2, 66]);

        Assert.Equal(["A", "1", "2", "B"], row.Values);
    }

    [Fact]
    public void Records_that_are_used_twice_at_every_level_have_no_more_columns_than_an_alert()
    {
        var levels = string.Concat(Enumerable.Range(1, 40).Select(level =>
            $$"""{"name":"f{{level}}","type":["null",{"type":"record","name":"r{{level}}","fields":[{"name":"a","type":["null","{{Below(level)}}"]},{"name":"b","type":["null","{{Below(level)}}"]}]}]},"""));
        var row = Row($$"""{"type":"record","name":"r","fields":[{{levels}}{{Wanted}}]}""", [.. new byte[40], 2, 65, 2, 49, 2, 50, 2, 66]);

        Assert.Equal(["A", "1", "2", "B"], row.Values);

        static string Below(int level) => level == 1 ? "int" : $"r{level - 1}";
    }

    [Fact]
    public void Schemas_that_are_no_longer_read_are_not_kept()
    {
        var rows = new AlertRows(classColumn: null);

        var first = Read(rows, 0);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(first.TryGetTarget(out _));
        GC.KeepAlive(rows);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<AlertSchema> Read(AlertRows rows, int number)
    {
        var schema = AlertSchema.Parse($$"""{"type":"record","name":"r{{number}}","fields":[{{Wanted}}]}""");
        rows.Of(Alert.Of(new AlertPosition("fink_some", 0, number), schema, new byte[] { 2, 65, 2, 49, 2, 50, 2, 66 }));
        return new(schema);
    }

    private static AlertRow Row(string schema, byte[] datum) =>
        new AlertRows(classColumn: null).Of(Alert.Of(new AlertPosition("fink_some", 0, 7), AlertSchema.Parse(schema), datum));
}
