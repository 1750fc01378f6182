using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Wire;

/// <summary>Answers as text that two brokers can have in common: without addresses, ids, wording, and orders that mean nothing.</summary>
internal static class Answers
{
    private static readonly Guid SomeId = new("11111111-1111-1111-1111-111111111111");

    public static string Print<T>(T answer, short version)
        where T : class, IResponse
    {
        switch (answer)
        {
            case MetadataResponse metadata:
                Plain(metadata);
                break;
            case DescribeClusterResponse cluster:
                cluster.ErrorMessage = null;
                cluster.ClusterId = "";
                Each(cluster.Brokers, broker => broker with { Host = "", Port = 0 });
                break;
            case CreateTopicsResponse created:
                Each(created.Topics, topic => topic with
                {
                    TopicId = Plain(topic.TopicId),
                    ErrorMessage = null,
                    Configs = Sorted(topic.Configs, config => config.Name),
                });
                Sort(created.Topics, topic => topic.Name);
                break;
            case DeleteTopicsResponse deleted:
                Each(deleted.Responses, topic => topic with { TopicId = Plain(topic.TopicId), ErrorMessage = null });
                Sort(deleted.Responses, topic => topic.Name ?? "");
                break;
            case CreatePartitionsResponse grown:
                Each(grown.Results, topic => topic with { ErrorMessage = null });
                Sort(grown.Results, topic => topic.Name);
                break;
            case AlterConfigsResponse altered:
                Each(altered.Responses, resource => resource with { ErrorMessage = null });
                Sort(altered.Responses, resource => $"{resource.ResourceType} {resource.ResourceName}");
                break;
            case IncrementalAlterConfigsResponse altered:
                Each(altered.Responses, resource => resource with { ErrorMessage = null });
                Sort(altered.Responses, resource => $"{resource.ResourceType} {resource.ResourceName}");
                break;
            case DescribeConfigsResponse described:
                Plain(described);
                break;
            case ElectLeadersResponse elected:
                elected.ReplicaElectionResults = [.. elected.ReplicaElectionResults.Where(topic => IsOfDialogue(topic.Name))];
                foreach (var topic in elected.ReplicaElectionResults)
                {
                    Each(topic.PartitionResult, partition => partition with { ErrorMessage = null });
                }

                Sort(elected.ReplicaElectionResults, topic => topic.Name);
                break;
            case ListPartitionReassignmentsResponse listed:
                listed.ErrorMessage = null;
                break;
        }

        return FieldPrinter.Print(answer, version);
    }

    private static void Plain(MetadataResponse metadata)
    {
        metadata.ClusterId = "";
        metadata.Topics = [.. metadata.Topics.Where(topic => IsOfDialogue(topic.Name))];
        Each(metadata.Brokers, broker => broker with { Host = "", Port = 0 });
        foreach (var topic in metadata.Topics) Sort(topic.Partitions, partition => $"{partition.PartitionIndex:D9}");
        Each(metadata.Topics, topic => topic with { TopicId = Plain(topic.TopicId) });
        Sort(metadata.Topics, topic => topic.Name ?? "");
    }

    private static void Plain(DescribeConfigsResponse described)
    {
        Each(described.Results, result => result with
        {
            ErrorMessage = null,
            Configs = Sorted(result.Configs, config => config.Name)!,
        });
        foreach (var result in described.Results)
        {
            Each(result.Configs, config => config with { Documentation = string.IsNullOrEmpty(config.Documentation) ? null : "told" });
        }

        Sort(described.Results, result => $"{result.ResourceType} {result.ResourceName}");
    }

    /// <summary>Other tests have topics on the same Kafka.</summary>
    private static bool IsOfDialogue(string? name) => string.IsNullOrEmpty(name) || name[0] == 'd';

    private static Guid Plain(Guid id) => id == Guid.Empty ? id : SomeId;

    private static void Each<T>(T[] items, Func<T, T> change)
    {
        for (var i = 0; i < items.Length; i++) items[i] = change(items[i]);
    }

    private static void Sort<T>(T[] items, Func<T, string> by) => Array.Sort(items, (a, b) => string.CompareOrdinal(by(a), by(b)));

    private static T[]? Sorted<T>(T[]? items, Func<T, string> by)
    {
        if (items is not null) Sort(items, by);
        return items;
    }
}
