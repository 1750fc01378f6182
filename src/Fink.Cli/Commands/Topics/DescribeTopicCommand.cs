using System.Text.Json.Nodes;
using Fink.Cli.Output;
using Fink.Kafka.Topics;

namespace Fink.Cli.Commands.Topics;

internal static class DescribeTopicCommand
{
    public static Verb Create()
    {
        var names = TopicArguments.Several();
        return new Verb("describe", "Show partitions and settings of topics", run => RunAsync(run, run.Get(names)!), "topic describe fink_rrlyr_ztf", "topic describe fink_a fink_b -o json")
        {
            names,
        };
    }

    private static async Task<int> RunAsync(Invocation run, IReadOnlyList<string> names)
    {
        using var admin = run.OpenAdmin();
        var topics = await admin.Topics.DescribeAsync(names, run.Cancellation);
        run.Renderer.Write(new Result(
            new JsonArray([.. topics.Select(topic => (JsonNode)Json(topic))]),
            new Table(
                ["Topic", Heading.Number("Partitions"), Heading.Number("Replication factor"), "Set configs"],
                [.. topics.Select(topic => (IReadOnlyList<string>)[topic.Name, $"{topic.Partitions.Count}", $"{topic.ReplicationFactor}", Configs(topic)])]),
            new Table(
                ["Topic", Heading.Number("Partition"), Heading.Number("Leader"), "Replicas", "In sync"],
                [.. topics.SelectMany(topic => topic.Partitions.Select(partition => Row(topic, partition)))])));
        return ExitCode.Done;
    }

    private static JsonObject Json(TopicDescription topic)
    {
        var configs = new JsonObject();
        foreach (var config in topic.Configs.Where(config => config.IsOverride))
        {
            configs[config.Name] = config.Value;
        }

        return new JsonObject
        {
            ["name"] = topic.Name,
            ["internal"] = topic.IsInternal,
            ["partitionCount"] = topic.Partitions.Count,
            ["replicationFactor"] = topic.ReplicationFactor,
            ["configs"] = configs,
            ["partitions"] = new JsonArray([.. topic.Partitions.Select(partition => (JsonNode)new JsonObject
            {
                ["partition"] = partition.Id,
                ["leader"] = partition.Leader,
                ["replicas"] = Ids(partition.Replicas),
                ["isr"] = Ids(partition.InSyncReplicas),
            })]),
        };
    }

    private static string Configs(TopicDescription topic) =>
        string.Join(',', topic.Configs.Where(config => config.IsOverride).Select(config => $"{config.Name}={config.Value}")) is { Length: > 0 } set ? set : "-";

    private static IReadOnlyList<string> Row(TopicDescription topic, PartitionDescription partition) =>
        [topic.Name, $"{partition.Id}", partition.Leader?.ToString() ?? "none", string.Join(',', partition.Replicas), string.Join(',', partition.InSyncReplicas)];

    private static JsonArray Ids(IReadOnlyList<int> ids) => new([.. ids.Select(id => (JsonNode)id)]);
}
