using Fink.Client.Decoding;

namespace Fink.Client.Tests.Values;

/// <summary>Whoever asks an alert for what is not in it finds the message by what is said.</summary>
public sealed class FieldFaultTests
{
    private const string Schema = """
        {"type":"record","name":"a","fields":[
         {"name":"candid","type":"long"},
         {"name":"seen","type":{"type":"array","items":"double"}},
         {"name":"when","type":{"type":"long","logicalType":"timestamp-millis"}},
         {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":60,"scale":2}}]}
        """;

    private const string Place = "in fink_some partition 1 offset 7 (alert 3000000000) from broker:9092";

    // 3,000,000,000, no items, the last millisecond that there is a number for, and twenty bytes of ones.
    private static readonly byte[] Datum =
        [0x80, 0xF8, 0x82, 0xAD, 0x16, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 40, 0x7F, .. Enumerable.Repeat((byte)0xFF, 19)];

    private static readonly Alert Alert = new AlertDecoder(AlertSchemas.None, "broker:9092").Decode(Some.Message(Schema, Datum));

    [Fact]
    public void Every_fault_of_a_field_says_where_its_alert_lies_and_from_which_brokers_it_came()
    {
        Assert.All(
            (Func<object>[])[
                () => Alert["nosuch"],
                () => Alert["candid"].AsString(),
                () => Alert["candid"]["jd"],
                () => Alert["candid"].Items,
                () => Alert["candid"].AsInt(),
                () => Alert["seen"][2],
                () => Alert["when"].AsTime(),
                () => Alert["price"].AsDecimal()],
            ask => Assert.Contains(Place, Assert.ThrowsAny<Exception>(ask).Message, StringComparison.Ordinal));
        Assert.Equal(Place[3..], Alert.ToString());
    }

    [Fact]
    public void A_number_that_does_not_fit_is_told_as_such_or_not_taken()
    {
        Assert.Throws<OverflowException>(() => Alert["candid"].AsInt());
        Assert.Throws<OverflowException>(() => Alert["when"].AsTime());
        Assert.Throws<OverflowException>(() => Alert["price"].AsDecimal());
        Assert.Equal((false, false), (Alert["when"].TryGetTime(out _), Alert["price"].TryGetDecimal(out _)));
        Assert.StartsWith("The list has 0 items", Assert.Throws<ArgumentOutOfRangeException>(() => Alert["seen"][2]).Message, StringComparison.Ordinal);
    }
}
