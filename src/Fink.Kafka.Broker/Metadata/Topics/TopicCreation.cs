using System.Collections.Immutable;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Metadata.Topics;

/// <summary>Decides whether new topics can be, and what they are.</summary>
internal sealed class TopicCreation(BrokerConfigs configs, Replicas replicas)
{
    /// <summary>Kafka's limit: what one request may ask for in all its topics.</summary>
    public const int MostPartitions = 10_000;

    private static readonly Refusal TooMany = new(
        ErrorCode.PolicyViolation, $"More than {MostPartitions} new partitions were asked for at once.");

    /// <summary>An answer for each wish, in their order; a later one sees the topics of those before.</summary>
    public IReadOnlyList<TopicAnswer> Decide(MetadataImage image, IReadOnlyList<NewTopic> wanted)
    {
        if (wanted.Sum(topic => (long)Math.Max(PartitionsOf(topic), 0)) > MostPartitions)
        {
            return [.. wanted.Select(_ => (TopicAnswer)TooMany)];
        }

        var evolution = new MetadataEvolution(image);
        List<TopicAnswer> answers = [];
        foreach (var topic in wanted)
        {
            var answer = Decide(evolution.Image, topic);
            if (answer.Topic is { } made) evolution.Apply(new MetadataChange.TopicCreated(made));
            answers.Add(answer);
        }

        return answers;
    }

    private TopicAnswer Decide(MetadataImage image, NewTopic wanted)
    {
        if (RefuseName(image, wanted.Name) is { } badName) return badName;

        var unset = wanted.Configs.Where(config => config.Value is null).Select(config => config.Key).ToList();
        if (unset.Count > 0)
        {
            return new Refusal(ErrorCode.InvalidConfig, $"A new topic's configuration needs a value: {string.Join(", ", unset)}.");
        }

        var set = ImmutableDictionary<string, string>.Empty.SetItems(
            wanted.Configs.Select(config => KeyValuePair.Create(config.Key, config.Value!)));
        if (TopicConfigRules.Complaint(set) is { } complaint) return new Refusal(ErrorCode.InvalidConfig, complaint);
        if (RefuseShape(wanted) is { } badShape) return badShape;

        return new Topic(wanted.Name, Guid.NewGuid(), PartitionsOf(wanted), TopicConfigRules.Canonical(set));
    }

    private static Refusal? RefuseName(MetadataImage image, string name)
    {
        if (TopicName.Complaint(name) is { } complaint) return new Refusal(ErrorCode.InvalidTopicException, complaint);
        if (image.Topics.ContainsKey(name)) return new Refusal(ErrorCode.TopicAlreadyExists, $"Topic '{name}' already exists.");

        return image.CollisionKeys.TryGetValue(TopicName.CollisionKey(name), out var other)
            ? new Refusal(ErrorCode.InvalidTopicException, $"Topic '{name}' collides with existing topic: {other}")
            : null;
    }

    private Refusal? RefuseShape(NewTopic wanted)
    {
        if (wanted.Assignments.Count > 0) return RefuseAssignments(wanted);
        if (wanted.Replicas is 0 or < NewTopic.Default) return replicas.RefuseCount(wanted.Replicas);
        if (wanted.Partitions is 0 or < NewTopic.Default)
        {
            return new Refusal(ErrorCode.InvalidPartitions, "The number of partitions must be larger than 0, or -1 for the default.");
        }

        return replicas.RefuseCount(
            wanted.Replicas == NewTopic.Default ? configs.Int("default.replication.factor") : wanted.Replicas);
    }

    private Refusal? RefuseAssignments(NewTopic wanted)
    {
        if (wanted.Replicas != NewTopic.Default || wanted.Partitions != NewTopic.Default)
        {
            return new Refusal(
                ErrorCode.InvalidRequest, "With an assignment of replicas, the numbers of partitions and replicas must both be -1.");
        }

        HashSet<int> seen = [];
        foreach (var assignment in wanted.Assignments)
        {
            if (!seen.Add(assignment.Partition)) return Replicas.Wrong($"Partition {assignment.Partition} is assigned more than once.");
            if (replicas.RefuseBrokers(assignment.Brokers) is { } refusal) return refusal;
        }

        return seen.Min() == 0 && seen.Max() == seen.Count - 1
            ? null
            : Replicas.Wrong("The assigned partitions must be numbered from 0, without a gap.");
    }

    private int PartitionsOf(NewTopic topic)
    {
        if (topic.Assignments.Count > 0) return topic.Assignments.Count;

        return topic.Partitions == NewTopic.Default ? configs.Int("num.partitions") : topic.Partitions;
    }
}
