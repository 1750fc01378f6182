namespace Fink.Kafka.Broker.Metadata.Topics;

/// <summary>What became of a wish for one topic: the topic as it is now, or a refusal.</summary>
internal sealed record TopicAnswer(Topic? Topic, Refusal? Refusal)
{
    public static implicit operator TopicAnswer(Topic topic) => new(topic, null);

    public static implicit operator TopicAnswer(Refusal refusal) => new(null, refusal);
}
