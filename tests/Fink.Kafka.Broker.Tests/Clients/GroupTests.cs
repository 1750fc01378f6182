using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Broker.Tests.Listeners;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Clients;

/// <summary>Consumer groups as librdkafka's applications see them.</summary>
public sealed class GroupTests
{
    private const string Topic = "t";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PartitionAssignmentStrategy.Range)]
    [InlineData(PartitionAssignmentStrategy.CooperativeSticky)]
    public async Task Two_members_share_the_partitions_and_the_one_that_stays_takes_all(PartitionAssignmentStrategy strategy)
    {
        await using var broker = await TestBroker.StartAsync();
        var address = broker.Broker.BootstrapServers;
        await CreateAsync(address, partitions: 4);
        using var first = Member(address, config => config.PartitionAssignmentStrategy = strategy);

        await UntilAsync(() => first.Assignment.Count == 4, first);
        using var second = Member(address, config => config.PartitionAssignmentStrategy = strategy);
        await UntilAsync(() => first.Assignment.Count == 2 && second.Assignment.Count == 2, first, second);
        Assert.Equal(4, first.Assignment.Concat(second.Assignment).Distinct().Count());
        first.Close();
        await UntilAsync(() => second.Assignment.Count == 4, second);
    }

    [Fact]
    public async Task A_static_member_that_comes_back_keeps_its_partitions_without_a_rebalance()
    {
        await using var broker = await TestBroker.StartAsync();
        var address = broker.Broker.BootstrapServers;
        await CreateAsync(address, partitions: 4);
        using var stays = Member(address, config => config.GroupInstanceId = "stays");
        var leaves = Member(address, config => config.GroupInstanceId = "comes-back");
        await UntilAsync(() => stays.Assignment.Count == 2 && leaves.Assignment.Count == 2, stays, leaves);
        var (before, kept) = (leaves.Assignment.Select(partition => partition.Partition.Value).Order().ToArray(), stays.Assignment.ToList());
        leaves.Close();
        leaves.Dispose();

        using var back = Member(address, config => config.GroupInstanceId = "comes-back");
        await UntilAsync(() => back.Assignment.Count > 0, stays, back);

        Assert.Equal(before, back.Assignment.Select(partition => partition.Partition.Value).Order());
        Assert.Equal(kept, stays.Assignment);
    }

    [Fact]
    public async Task Offsets_are_there_after_a_restart_of_the_broker()
    {
        using var folder = new TemporaryFolder();
        var options = TestBroker.Options(folder.Path);
        await using (var before = await EmbeddedBroker.StartAsync(options, Cancelled))
        {
            await CreateAsync(before.BootstrapServers, partitions: 2);
            using var consumer = Member(before.BootstrapServers);
            consumer.Unsubscribe();
            consumer.Commit([new TopicPartitionOffset(Topic, 1, 17)]);
        }

        await using var after = await EmbeddedBroker.StartAsync(options, Cancelled);
        using var again = Member(after.BootstrapServers);
        var committed = again.Committed([new TopicPartition(Topic, 0), new TopicPartition(Topic, 1)], Limit);

        Assert.Equal([Offset.Unset, new Offset(17)], committed.Select(one => one.Offset));
    }

    [Fact]
    public async Task Admins_list_describe_and_delete_a_group_and_its_offsets()
    {
        await using var broker = await TestBroker.StartAsync();
        var address = broker.Broker.BootstrapServers;
        await CreateAsync(address, partitions: 1);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address }).Build();
        using (var member = Member(address, config => config.ClientId = "reader"))
        {
            await UntilAsync(() => member.Assignment.Count == 1, member);
            member.Commit([new TopicPartitionOffset(Topic, 0, 5)]);

            var described = Assert.Single((await admin.DescribeConsumerGroupsAsync(["g"])).ConsumerGroupDescriptions);
            Assert.Equal((ConsumerGroupState.Stable, "range"), (described.State, described.PartitionAssignor));
            var shown = Assert.Single(described.Members);
            Assert.Equal(("reader", new TopicPartition(Topic, 0)), (shown.ClientId, Assert.Single(shown.Assignment.TopicPartitions)));
            var refused = await Assert.ThrowsAsync<DeleteGroupsException>(() => admin.DeleteGroupsAsync(["g"]));
            Assert.Equal(ErrorCode.NonEmptyGroup, Assert.Single(refused.Results).Error.Code);
            member.Close();
        }

        var listed = Assert.Single((await admin.ListConsumerGroupsAsync()).Valid);
        Assert.Equal(("g", ConsumerGroupState.Empty), (listed.GroupId, listed.State));
        var offsets = Assert.Single(await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions("g", null)]));
        Assert.Equal(5, Assert.Single(offsets.Partitions).Offset.Value);
        await admin.DeleteConsumerGroupOffsetsAsync("g", [new TopicPartition(Topic, 0)]);
        Assert.Empty(Assert.Single(await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions("g", null)])).Partitions);
        await admin.DeleteGroupsAsync(["g"]);
        Assert.Empty((await admin.ListConsumerGroupsAsync()).Valid);
    }

    /// <summary>Subscribed, in the group g.</summary>
    private static IConsumer<byte[], byte[]> Member(string address, Action<ConsumerConfig>? change = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = address,
            GroupId = "g",
            EnableAutoCommit = false,
            HeartbeatIntervalMs = 200,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.Range,
        };
        change?.Invoke(config);
        var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        consumer.Subscribe(Topic);
        return consumer;
    }

    private static async Task CreateAsync(string address, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = Topic, NumPartitions = partitions, ReplicationFactor = 1 }]);
    }

    /// <summary>Members hear of rebalances while they poll.</summary>
    private static Task UntilAsync(Func<bool> isSo, params IConsumer<byte[], byte[]>[] polling) => Task.Run(() =>
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Limit, "the members have not come to share the partitions");
            foreach (var member in polling) member.Consume(TimeSpan.FromMilliseconds(50));
        }
    });
}
