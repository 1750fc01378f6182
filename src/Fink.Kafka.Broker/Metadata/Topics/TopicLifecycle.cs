using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Metadata.Topics;

/// <summary>
/// Makes, grows and deletes topics: the one place where the metadata and the logs change together. A topic's logs are there before
/// anybody sees it, and until nobody does; a crash between leaves logs without a topic, never a topic without logs.
/// </summary>
/// <param name="forgetOffsets">Drops what groups have committed for topics that are gone.</param>
internal sealed class TopicLifecycle(
    MetadataStore metadata,
    ITopicLogs logs,
    LogConfiguration configuration,
    LiveConfigs configs,
    Action<IReadOnlySet<string>> forgetOffsets)
{
    // Nobody else adds topics to the metadata or takes them away, so what is decided under this lock still holds when it is made.
    private readonly Lock _changing = new();

    /// <summary>Answers in the order of the wishes.</summary>
    public IReadOnlyList<TopicAnswer> Create(IReadOnlyList<NewTopic> wanted, bool onlyValidate)
    {
        if (onlyValidate) return Creation().Decide(metadata.Image, wanted);

        lock (_changing)
        {
            lock (configuration.Gate) return Make(Creation().Decide(metadata.Image, wanted), topic => new MetadataChange.TopicCreated(topic), logs.Delete);
        }
    }

    /// <summary>Answers in the order of the wishes, which are for different topics.</summary>
    public IReadOnlyList<TopicAnswer> Grow(IReadOnlyList<MorePartitions> wanted, bool onlyValidate)
    {
        var growth = new PartitionGrowth(ReplicasNow());
        if (onlyValidate) return [.. wanted.Select(wish => growth.Decide(metadata.Image, wish))];

        lock (_changing)
        {
            lock (configuration.Gate) return Make(
                [.. wanted.Select(wish => growth.Decide(metadata.Image, wish))],
                topic => new MetadataChange.PartitionsGrown(topic.Id, topic.Partitions),
                undo: _ => { });
        }
    }

    /// <summary>An answer for each id, in their order.</summary>
    public IReadOnlyList<TopicAnswer> Delete(IReadOnlyList<Guid> ids)
    {
        lock (_changing)
        {
            var topics = metadata.Image.TopicsById;
            List<TopicAnswer> answers =
            [
                .. ids.Select(id => topics.TryGetValue(id, out var topic)
                    ? (TopicAnswer)topic
                    : new Refusal(ErrorCode.UnknownTopicId, $"There is no topic with the id {id}.")),
            ];
            List<Topic> gone = [.. answers.Select(answer => answer.Topic).OfType<Topic>()];
            try
            {
                metadata.Update(_ => (gone.ConvertAll<MetadataChange>(topic => new MetadataChange.TopicDeleted(topic.Id)), true));
            }
            catch (IOException e)
            {
                return answers.ConvertAll(answer => answer.Topic is null ? answer : OnDisk(e));
            }

            foreach (var topic in gone) logs.Delete(topic);
            if (gone.Count > 0) forgetOffsets(gone.Select(topic => topic.Name).ToHashSet());
            return answers;
        }
    }

    private static Refusal OnDisk(IOException e) => new(ErrorCode.KafkaStorageError, $"The broker's disk refused: {e.Message}");

    /// <summary>Under the configuration's gate.</summary>
    private TopicAnswer[] Make(
        IReadOnlyList<TopicAnswer> decided, Func<Topic, MetadataChange> change, Action<Topic> undo)
    {
        var answers = decided.ToArray();
        List<Topic> ready = [];
        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Topic is not { } topic) continue;

            try
            {
                logs.Create(topic);
                ready.Add(topic);
            }
            catch (IOException e)
            {
                undo(topic);
                answers[i] = OnDisk(e);
            }
        }

        try
        {
            metadata.Update(_ => (ready.ConvertAll(topic => change(topic)), true));
        }
        catch (IOException e)
        {
            ready.ForEach(undo);
            return Array.ConvertAll(answers, answer => answer.Topic is null ? answer : OnDisk(e));
        }

        return answers;
    }

    private TopicCreation Creation() => new(configs.Broker, ReplicasNow());

    private Replicas ReplicasNow() => new(configs.NodeId, configs.Broker.Flag("fink.replication.factor.clamp"));
}
