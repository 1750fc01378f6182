using System.Collections.Immutable;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Metadata.Configs;

public sealed class ConfigAlterationTests
{
    private const int Node = 7;

    private static readonly ConfigResource Alerts = new(ConfigResourceType.Topic, "alerts");

    [Theory]
    [InlineData("set retention.ms 9", "cleanup.policy=compact retention.ms=9")]
    [InlineData("set cleanup.policy delete", "cleanup.policy=delete retention.ms=5")]
    [InlineData("delete retention.ms", "cleanup.policy=compact")]
    [InlineData("delete segment.ms", "cleanup.policy=compact retention.ms=5")]
    [InlineData("append cleanup.policy delete", "cleanup.policy=compact,delete retention.ms=5")]
    [InlineData("append cleanup.policy compact", "cleanup.policy=compact retention.ms=5")]
    [InlineData("append cleanup.policy delete,compact", "cleanup.policy=compact,delete retention.ms=5")]
    [InlineData("subtract cleanup.policy compact", "cleanup.policy= retention.ms=5")]
    [InlineData("subtract cleanup.policy delete", "cleanup.policy=compact retention.ms=5")]
    [InlineData("delete cleanup.policy; append retention.bytes 1", null)]
    public void Edits_are_made_to_what_is_set(string edits, string? result) =>
        Assert.Equal(result, Set(ConfigAlteration.Edit(Image(), Node, Alerts, Edits(edits))));

    [Fact]
    public void A_list_that_is_not_set_grows_from_its_default()
    {
        var image = Image(set: []);

        Assert.Equal(
            "cleanup.policy=delete,compact", Set(ConfigAlteration.Edit(image, Node, Alerts, Edits("append cleanup.policy compact"))));
    }

    [Theory]
    [InlineData("set retention.m 9", ErrorCode.InvalidConfig)]
    [InlineData("set retention.ms x", ErrorCode.InvalidConfig)]
    [InlineData("set retention.ms", ErrorCode.InvalidRequest)]
    [InlineData("append retention.ms 1", ErrorCode.InvalidConfig)]
    [InlineData("append nothing 1", ErrorCode.InvalidConfig)]
    [InlineData("append cleanup.policy", ErrorCode.InvalidRequest)]
    [InlineData("append cleanup.policy erase", ErrorCode.InvalidConfig)]
    [InlineData("subtract retention.ms 1", ErrorCode.InvalidConfig)]
    [InlineData("9 retention.ms 1", ErrorCode.InvalidRequest)]
    [InlineData("set retention.ms 1; set retention.ms 2", ErrorCode.InvalidRequest)]
    [InlineData("delete retention.ms; set retention.ms 2", ErrorCode.InvalidRequest)]
    public void What_cannot_be_done_changes_nothing(string edits, ErrorCode error)
    {
        var answer = ConfigAlteration.Edit(Image(), Node, Alerts, Edits(edits));

        Assert.Null(answer.Change);
        Assert.Equal(error, answer.Refusal!.Error);
    }

    [Theory]
    [InlineData(ConfigResourceType.Topic, "other", ErrorCode.UnknownTopicOrPartition)]
    [InlineData(ConfigResourceType.Topic, "", ErrorCode.InvalidRequest)]
    [InlineData(ConfigResourceType.Topic, "a b", ErrorCode.InvalidTopicException)]
    [InlineData(ConfigResourceType.Broker, "8", ErrorCode.InvalidRequest)]
    [InlineData(ConfigResourceType.Broker, "seven", ErrorCode.InvalidRequest)]
    [InlineData(ConfigResourceType.BrokerLogger, "7", ErrorCode.InvalidRequest)]
    [InlineData(ConfigResourceType.Group, "g", ErrorCode.InvalidRequest)]
    [InlineData((ConfigResourceType)99, "x", ErrorCode.InvalidRequest)]
    public void Only_topics_and_this_broker_have_configurations(ConfigResourceType type, string name, ErrorCode error)
    {
        var resource = new ConfigResource(type, name);

        Assert.Equal(error, ConfigAlteration.Edit(Image(), Node, resource, Edits("delete retention.ms")).Refusal!.Error);
        Assert.Equal(error, ConfigAlteration.Replace(Image(), Node, resource, []).Refusal!.Error);
    }

    [Fact]
    public void A_replacement_unsets_what_it_does_not_name()
    {
        Assert.Equal("segment.ms=6", Set(ConfigAlteration.Replace(Image(), Node, Alerts, [new("segment.ms", "6")])));
        Assert.Equal("", Set(ConfigAlteration.Replace(Image(), Node, Alerts, [])));
        Assert.Equal(
            ErrorCode.InvalidRequest, ConfigAlteration.Replace(Image(), Node, Alerts, [new("segment.ms", null)]).Refusal!.Error);
        Assert.Equal(
            ErrorCode.InvalidConfig, ConfigAlteration.Replace(Image(), Node, Alerts, [new("segment", "1")]).Refusal!.Error);
    }

    [Theory]
    [InlineData("", "set log.retention.ms 9", "log.retention.ms=9")]
    [InlineData("7", "set log.retention.ms 9", "log.retention.ms=9")]
    [InlineData("7", "append log.cleanup.policy compact", "log.cleanup.policy=delete,compact")]
    [InlineData("", "delete log.retention.ms", "")]
    [InlineData("", "set log.cleaner.threads 2", "log.cleaner.threads=2")]
    [InlineData("7", "set min.insync.replicas 2", "min.insync.replicas=2")]
    [InlineData("", "set unclean.leader.election.enable true", "unclean.leader.election.enable=true")]
    [InlineData("7", "set compression.zstd.level 5", "compression.zstd.level=5")]
    [InlineData("7", "set sasl.kerberos.min.time.before.relogin 58000", "sasl.kerberos.min.time.before.relogin=58000")]
    public void What_a_running_broker_can_change_is_set_for_it_or_for_all(string broker, string edits, string result)
    {
        var answer = ConfigAlteration.Edit(Image(), Node, new ConfigResource(ConfigResourceType.Broker, broker), Edits(edits));

        Assert.Equal(broker, Assert.IsType<MetadataChange.BrokerConfigsSet>(answer.Change).Broker);
        Assert.Equal(result, Set(answer));
    }

    [Theory]
    [InlineData("set num.partitions 9", ErrorCode.InvalidRequest)]
    [InlineData("set log.retention.ms x", ErrorCode.InvalidRequest)]
    [InlineData("set log.retention.mss 1", ErrorCode.InvalidConfig)]
    [InlineData("set log.cleaner.threads many", ErrorCode.InvalidRequest)]
    [InlineData("set min.insync.replicas 0", ErrorCode.InvalidRequest)]
    [InlineData("set ssl.cipher.suites x", ErrorCode.InvalidConfig)]
    [InlineData("set ssl.keystore.location x", ErrorCode.InvalidRequest)]
    [InlineData("set zookeeper.connect x", ErrorCode.InvalidConfig)]
    public void What_a_running_broker_cannot_change_is_refused(string edits, ErrorCode error)
    {
        var answer = ConfigAlteration.Edit(Image(), Node, new ConfigResource(ConfigResourceType.Broker, "7"), Edits(edits));

        Assert.Equal(error, answer.Refusal!.Error);
        Assert.NotEmpty(answer.Refusal.Message!);
    }

    [Fact]
    public void What_is_taken_at_the_start_alone_is_refused_in_Kafkas_words_with_what_to_do()
    {
        var broker = new ConfigResource(ConfigResourceType.Broker, "7");

        var message = ConfigAlteration.Edit(Image(), Node, broker, Edits("set ssl.keystore.location x")).Refusal!.Message;

        Assert.StartsWith("Cannot update these configs dynamically: ssl.keystore.location", message, StringComparison.Ordinal);
        Assert.EndsWith("set it among its properties, and start it again.", message, StringComparison.Ordinal);
    }

    private static MetadataImage Image() => Image(new() { ["cleanup.policy"] = "compact", ["retention.ms"] = "5" });

    private static MetadataImage Image(Dictionary<string, string> set)
    {
        var evolution = new MetadataEvolution(MetadataImage.Empty);
        evolution.Apply(new MetadataChange.TopicCreated(new Topic("alerts", Guid.NewGuid(), 3, set.ToImmutableDictionary())));
        return evolution.Image;
    }

    private static List<ConfigEdit> Edits(string text) =>
    [
        .. text.Split("; ").Select(edit => edit.Split(' ')).Select(words => new ConfigEdit(
            words[1], Enum.Parse<AlterConfigOperation>(words[0], ignoreCase: true), words.Length > 2 ? words[2] : null)),
    ];

    private static string? Set(ConfigAnswer answer)
    {
        var set = answer.Change switch
        {
            MetadataChange.TopicConfigsSet topic => topic.Configs,
            MetadataChange.BrokerConfigsSet broker => broker.Configs,
            _ => null,
        };
        return set is null ? null : string.Join(' ', set.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));
    }
}
