using Confluent.Kafka;
using Fink.Kafka;
using Fink.Kafka.Properties;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>What the tests of distributions ask a cluster.</summary>
internal static class ClusterViews
{
    public static KafkaConnection Connection(TestCluster cluster, string properties) =>
        new(cluster.BootstrapServers, ClientProperties.Load(properties));

    public static long Held(TestCluster cluster, string topic)
    {
        var config = new ConsumerConfig(Connection(cluster, cluster.AdminProperties).ToClientConfig()) { GroupId = "unused" };
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(20)).Topics[0].Partitions;
        return partitions
            .Select(partition => consumer.QueryWatermarkOffsets(new TopicPartition(topic, partition.PartitionId), TimeSpan.FromSeconds(20)))
            .Sum(offsets => offsets.High.Value - offsets.Low.Value);
    }

    /// <summary>The different values of a header among all messages of a topic.</summary>
    public static IReadOnlySet<string> DistinctHeaders(TestCluster cluster, string topic, string header)
    {
        var config = new ConsumerConfig(Connection(cluster, cluster.AdminProperties).ToClientConfig())
        {
            GroupId = "unused",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        };
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(config).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(20)).Topics[0].Partitions;
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var values = new HashSet<string>(StringComparer.Ordinal);
        var open = partitions.Count;
        while (open > 0 && consumer.Consume(TimeSpan.FromSeconds(30)) is { } result)
        {
            if (result.IsPartitionEOF)
            {
                open--;
            }
            else
            {
                values.Add(System.Text.Encoding.UTF8.GetString(result.Message.Headers.GetLastBytes(header)));
            }
        }

        return values;
    }
}
