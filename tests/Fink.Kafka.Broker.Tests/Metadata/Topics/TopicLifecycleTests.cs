using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Tests.Storage.Journals;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Metadata.Topics;

public sealed class TopicLifecycleTests
{
    private const int Node = 7;

    private readonly MemoryJournal _journal = new();
    private readonly RecordingLogs _logs = new();
    private readonly List<string> _forgotten = [];
    private readonly MetadataStore _metadata;
    private readonly LiveConfigs _configs;
    private readonly TopicLifecycle _topics;
    private readonly ConfigChanges _changes;

    public TopicLifecycleTests()
    {
        _metadata = MetadataStore.Open(_journal);
        _configs = new LiveConfigs(BrokerConfigs.Defaults, Node, _metadata);
        var configuration = new LogConfiguration(_metadata, _logs);
        _changes = new ConfigChanges(_metadata, configuration, _configs);
        _topics = new TopicLifecycle(_metadata, _logs, configuration, _configs, names => _forgotten.AddRange(names));
    }

    [Fact]
    public void A_topic_has_its_logs_before_anybody_sees_it()
    {
        var seen = -1;
        _logs.Touched = () => seen = _metadata.Image.Topics.Count;

        var topic = Create("t").Topic!;

        Assert.Equal(0, seen);
        Assert.Equal(topic, _metadata.Image.Topics["t"]);
        Assert.Equal(1, _logs.Partitions[topic.Id]);
        Assert.Equal(topic.Id, MetadataStore.Open(_journal).Image.Topics["t"].Id);
    }

    [Fact]
    public void A_topic_loses_its_logs_when_nobody_sees_it_any_more()
    {
        var topic = Create("t").Topic!;
        var seen = -1;
        _logs.Touched = () => seen = _metadata.Image.Topics.Count;

        var answers = _topics.Delete([topic.Id, Guid.NewGuid()]);

        Assert.Equal([null, ErrorCode.UnknownTopicId], answers.Select(answer => answer.Refusal?.Error));
        Assert.Equal(0, seen);
        Assert.Empty(_logs.Partitions);
        Assert.Equal(["t"], _forgotten);
        Assert.Empty(MetadataStore.Open(_journal).Image.Topics);
    }

    [Fact]
    public void What_is_only_validated_leaves_nothing()
    {
        Create("t");

        Assert.NotNull(_topics.Create([NewTopic.Named("u")], onlyValidate: true)[0].Topic);
        Assert.NotNull(_topics.Grow([new MorePartitions("t", 9, null)], onlyValidate: true)[0].Topic);

        Assert.Equal(1, Assert.Single(_metadata.Image.Topics).Value.Partitions);
        Assert.Single(_logs.Partitions);
    }

    [Fact]
    public void A_topic_that_the_disk_has_no_room_for_is_refused_alone()
    {
        _logs.Refused = "big";

        var answers = _topics.Create([NewTopic.Named("a"), NewTopic.Named("big"), NewTopic.Named("b")], onlyValidate: false);

        Assert.Equal([null, ErrorCode.KafkaStorageError, null], answers.Select(answer => answer.Refusal?.Error));
        Assert.Equal(["a", "b"], _metadata.Image.Topics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, _logs.Partitions.Count);
    }

    [Fact]
    public void What_cannot_be_written_down_is_refused_and_leaves_no_logs()
    {
        var kept = Create("kept").Topic!;
        _journal.IsFull = true;

        Assert.Equal(ErrorCode.KafkaStorageError, Create("t").Refusal!.Error);
        Assert.Equal(ErrorCode.KafkaStorageError, Grow("kept", 2).Refusal!.Error);
        Assert.Equal(ErrorCode.KafkaStorageError, _topics.Delete([kept.Id])[0].Refusal!.Error);
        Assert.Equal(kept, Assert.Single(_metadata.Image.Topics).Value);
        Assert.Equal([kept.Id], _logs.Partitions.Keys);

        _journal.IsFull = false;
        Assert.NotNull(Create("t").Topic);
        Assert.Equal(2, Grow("kept", 2).Topic!.Partitions);
        Assert.Equal((2, 2), (_metadata.Image.Topics["kept"].Partitions, _logs.Partitions[kept.Id]));
    }

    [Fact]
    public void Logs_hear_of_their_topics_configuration_and_all_of_them_of_the_brokers()
    {
        Create("t");
        Create("u");
        _logs.Configured.Clear();
        ConfigEdit[] edits = [new("retention.ms", AlterConfigOperation.Set, "9")];
        var topic = new ConfigResource(ConfigResourceType.Topic, "t");

        Assert.Null(_changes.Edit(topic, edits, onlyValidate: true));
        Assert.Empty(_logs.Configured);
        Assert.Null(_changes.Edit(topic, edits, onlyValidate: false));
        Assert.Equal(TimeSpan.FromMilliseconds(9), _configs.Of(Assert.Single(_logs.Configured)).Retention);

        _logs.Configured.Clear();
        var all = new ConfigResource(ConfigResourceType.Broker, "");
        Assert.Null(_changes.Replace(all, [new("log.retention.ms", "8")], onlyValidate: false));
        Assert.Equal(
            [9, 8], _logs.Configured.OrderBy(c => c.Name).Select(t => _configs.Of(t).Retention!.Value.TotalMilliseconds));

        _journal.IsFull = true;
        Assert.Equal(ErrorCode.KafkaStorageError, _changes.Replace(all, [], onlyValidate: false)!.Error);
    }

    [Fact]
    public void Logs_that_are_made_have_their_configuration_and_hear_of_no_other()
    {
        Create("t");
        Grow("t", 2);

        Assert.Empty(_logs.Configured);
    }

    /// <summary>The change comes when the logs are made and the topic is not seen yet.</summary>
    [Fact]
    public async Task What_is_set_for_all_while_a_topic_is_made_reaches_its_logs()
    {
        var all = new ConfigResource(ConfigResourceType.Broker, "");
        var change = Task.CompletedTask;
        _logs.Touched = () =>
        {
            change = Task.Run(() => Assert.Null(_changes.Replace(all, [new("log.retention.ms", "8")], onlyValidate: false)));
            Assert.True(SpinWait.SpinUntil(() => _configs.Broker.SetValue("log.retention.ms") == "8", TimeSpan.FromSeconds(30)));
            Assert.Empty(_logs.Configured);
        };

        Create("t");
        await change;

        Assert.Equal(TimeSpan.FromMilliseconds(8), _configs.Of(Assert.Single(_logs.Configured)).Retention);
    }

    [Fact]
    public async Task One_of_many_that_make_the_same_topic_wins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Create("t"))));

        Assert.Single(answers, answer => answer.Topic is not null);
        Assert.All(answers, answer => Assert.Equal(
            answer.Topic is null ? ErrorCode.TopicAlreadyExists : null, answer.Refusal?.Error));
        Assert.Single(_logs.Partitions);
    }

    private TopicAnswer Create(string name) => _topics.Create([NewTopic.Named(name)], onlyValidate: false)[0];

    private TopicAnswer Grow(string name, int partitions) =>
        _topics.Grow([new MorePartitions(name, partitions, null)], onlyValidate: false)[0];
}
