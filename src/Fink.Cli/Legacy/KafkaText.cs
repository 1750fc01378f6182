using System.Text;
using Fink.Cli.Output;
using Fink.Kafka.Acls;
using Fink.Kafka.Topics;

namespace Fink.Cli.Legacy;

/// <summary>Topics and ACLs in the text of Kafka's own tools, which the original passed through and scripts search.</summary>
internal static class KafkaText
{
    public static void WriteTopic(TextWriter output, TopicDescription topic)
    {
        var configs = string.Join(',', topic.Configs.Where(config => config.IsOverride).Select(config => $"{config.Name}={config.Value}"));
        output.WriteLine($"Topic: {topic.Name}\tPartitionCount: {topic.Partitions.Count}\tReplicationFactor: {topic.ReplicationFactor}\tConfigs: {configs}");
        foreach (var partition in topic.Partitions)
        {
            var leader = partition.Leader?.ToString() ?? "none";
            output.WriteLine(
                $"\tTopic: {topic.Name}\tPartition: {partition.Id}\tLeader: {leader}\tReplicas: {string.Join(',', partition.Replicas)}\tIsr: {string.Join(',', partition.InSyncReplicas)}");
        }
    }

    public static void WriteAcls(TextWriter output, IReadOnlyList<Acl> acls)
    {
        foreach (var resource in acls.GroupBy(acl => acl.Resource))
        {
            output.WriteLine(
                $"Current ACLs for resource `ResourcePattern(resourceType={Constant(resource.Key.Type)}, name={PlainText.Cell(resource.Key.Name)}, patternType={Constant(resource.Key.Pattern)})`: ");
            foreach (var acl in resource)
            {
                output.WriteLine(
                    $" \t(principal={PlainText.Cell(acl.Principal)}, host={acl.Host}, operation={Constant(acl.Operation)}, permissionType={Constant(acl.Permission)})");
            }

            output.WriteLine();
        }
    }

    /// <summary>Java's way to write the name: <c>TRANSACTIONAL_ID</c>.</summary>
    private static string Constant<T>(T value)
        where T : struct, Enum
    {
        var constant = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            _ = char.IsUpper(letter) && constant.Length > 0 ? constant.Append('_').Append(letter) : constant.Append(char.ToUpperInvariant(letter));
        }

        return constant.ToString();
    }
}
