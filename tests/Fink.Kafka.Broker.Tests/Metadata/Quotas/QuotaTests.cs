using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Quotas;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Metadata.Quotas;

public sealed class QuotaTests
{
    private static readonly QuotaEntityPart U = new("user", "u");

    [Fact]
    public void Operations_are_merged_into_what_is_set()
    {
        var image = Apply(MetadataImage.Empty, Alter([U], ("producer_byte_rate", 10), ("consumer_byte_rate", 20)));
        image = Apply(image, Alter([U], ("producer_byte_rate", null), ("request_percentage", 0.5)));

        Assert.Equal(
            [("consumer_byte_rate", 20.0), ("request_percentage", 0.5)],
            image.Quotas[new QuotaEntity("u", null, null)].Select(quota => (quota.Key, quota.Value)).Order());
    }

    [Fact]
    public void An_entity_without_quotas_is_gone_and_nothing_to_do_is_no_change()
    {
        var image = Apply(MetadataImage.Empty, Alter([U], ("producer_byte_rate", 10)));

        Assert.Empty(QuotaAlterations.Decide(image, [Alter([U], ("producer_byte_rate", 10), ("request_percentage", null))]).Changes);
        Assert.Empty(Apply(image, Alter([U], ("producer_byte_rate", null))).Quotas);
    }

    [Fact]
    public void The_default_of_a_type_is_an_entity_of_its_own()
    {
        var image = Apply(
            MetadataImage.Empty,
            Alter([new("user", null)], ("producer_byte_rate", 1)),
            Alter([U], ("producer_byte_rate", 2)),
            Alter([U, new("client-id", null)], ("producer_byte_rate", 3)));

        Assert.Equal([1.0], Find(image, new QuotaFilterPart("user", QuotaMatchType.Default, null)));
        Assert.Equal([2.0, 3.0], Find(image, new QuotaFilterPart("user", QuotaMatchType.Exact, "u")));
        Assert.Equal([1.0, 2.0, 3.0], Find(image, new QuotaFilterPart("user", QuotaMatchType.Any, null)));
        Assert.Equal([3.0], Find(image, new QuotaFilterPart("client-id", QuotaMatchType.Any, null)));
        Assert.Equal([1.0, 2.0, 3.0], Find(image));
        Assert.Equal([2.0], image.Quotas
            .Where(quota => new QuotaFilter([new("user", QuotaMatchType.Exact, "u")], IsStrict: true).Matches(quota.Key))
            .Select(quota => quota.Value.Values.Single()));
    }

    public static TheoryData<string, string?, string, double> Refused => new()
    {
        { "planet", "u", "producer_byte_rate", 1 },
        { "user", "", "producer_byte_rate", 1 },
        { "user", "u", "speed", 1 },
        { "user", "u", "connection_creation_rate", 1 },
        { "ip", "127.0.0.1", "producer_byte_rate", 1 },
        { "ip", "not an address", "connection_creation_rate", 1 },
        { "ip", "127.0.0.1", "connection_creation_rate", 3e9 },
        { "user", "u", "producer_byte_rate", 0 },
        { "user", "u", "producer_byte_rate", -1 },
        { "user", "u", "producer_byte_rate", 1.5 },
        { "user", "u", "producer_byte_rate", double.NaN },
        { "user", "u", "producer_byte_rate", double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_Kafka_refuses_is_refused(string type, string? name, string key, double value)
    {
        var (changes, complaints) = QuotaAlterations.Decide(MetadataImage.Empty, [Alter([new(type, name)], (key, value))]);

        Assert.Empty(changes);
        Assert.NotNull(Assert.Single(complaints));
    }

    [Fact]
    public void One_wrong_operation_leaves_the_entity_as_it_was_and_others_go_through()
    {
        var image = Apply(
            MetadataImage.Empty,
            Alter([U], ("producer_byte_rate", 10), ("consumer_byte_rate", -1)),
            Alter([], ("producer_byte_rate", 10)),
            Alter([U, U], ("producer_byte_rate", 10)),
            Alter([new("ip", "10.0.0.1"), new("user", "v")], ("connection_creation_rate", 10)),
            Alter([new("ip", "10.0.0.1")], ("connection_creation_rate", 10)),
            Alter([new("ip", "10.0.0.1")], ("connection_creation_rate", 11)),
            Alter([new("user", "v")], ("producer_byte_rate", 1), ("producer_byte_rate", 2)));

        Assert.Equal([new QuotaEntity(null, null, "10.0.0.1")], image.Quotas.Keys);
        Assert.Equal(10, image.Quotas.Values.Single()["connection_creation_rate"]);
    }

    [Fact]
    public void A_filter_is_judged_before_it_is_used()
    {
        Assert.Equal(ErrorCode.None, Judge(new("user", QuotaMatchType.Exact, "u"), new("client-id", QuotaMatchType.Any, null)));
        Assert.Equal(ErrorCode.UnsupportedVersion, Judge(new QuotaFilterPart("planet", QuotaMatchType.Any, null)));
        Assert.Equal(ErrorCode.InvalidRequest, Judge(new QuotaFilterPart("", QuotaMatchType.Any, null)));
        Assert.Equal(ErrorCode.InvalidRequest, Judge(new QuotaFilterPart("user", QuotaMatchType.Exact, null)));
        Assert.Equal(ErrorCode.InvalidRequest, Judge(new QuotaFilterPart("user", QuotaMatchType.Default, "u")));
        Assert.Equal(ErrorCode.InvalidRequest, Judge(new QuotaFilterPart("user", (QuotaMatchType)7, null)));
        Assert.Equal(ErrorCode.InvalidRequest, Judge(new("user", QuotaMatchType.Any, null), new("user", QuotaMatchType.Any, null)));
        Assert.Equal(ErrorCode.InvalidRequest, Judge(new("ip", QuotaMatchType.Any, null), new("user", QuotaMatchType.Any, null)));
    }

    private static ErrorCode Judge(params QuotaFilterPart[] parts) => new QuotaFilter(parts, IsStrict: false).Complaint().Error;

    private static IEnumerable<double> Find(MetadataImage image, params QuotaFilterPart[] parts) =>
        image.Quotas
            .Where(quota => new QuotaFilter(parts, IsStrict: false).Matches(quota.Key))
            .Select(quota => quota.Value.Values.Single())
            .Order();

    private static QuotaAlteration Alter(QuotaEntityPart[] entity, params (string Key, double? Value)[] operations) =>
        new(entity, [.. operations.Select(operation => new QuotaOperation(operation.Key, operation.Value))]);

    private static MetadataImage Apply(MetadataImage image, params QuotaAlteration[] alterations)
    {
        var evolution = new MetadataEvolution(image);
        foreach (var change in QuotaAlterations.Decide(image, alterations).Changes) evolution.Apply(change);
        return evolution.Image;
    }
}
