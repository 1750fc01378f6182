using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Metadata.Topics;

public sealed class PartitionGrowthTests
{
    [Theory]
    [InlineData("t", 4, ErrorCode.None)]
    [InlineData("t", 3, ErrorCode.InvalidPartitions)]
    [InlineData("t", 2, ErrorCode.InvalidPartitions)]
    [InlineData("t", 0, ErrorCode.InvalidPartitions)]
    [InlineData("t", -1, ErrorCode.InvalidPartitions)]
    [InlineData("t", int.MaxValue, ErrorCode.PolicyViolation)]
    [InlineData("other", 4, ErrorCode.UnknownTopicOrPartition)]
    public void A_topic_gets_more_partitions_and_never_fewer(string topic, int partitions, ErrorCode error)
    {
        var answer = Decide(new MorePartitions(topic, partitions, Assignments: null));

        Assert.Equal(error, answer.Refusal?.Error ?? ErrorCode.None);
        if (error == ErrorCode.None) Assert.Equal(partitions, answer.Topic!.Partitions);
    }

    [Theory]
    [InlineData("7 7", ErrorCode.None)]
    [InlineData("7", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("7 8", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("7 7,7", ErrorCode.InvalidReplicaAssignment)]
    public void New_partitions_assigned_by_hand_are_on_this_broker(string assignments, ErrorCode error)
    {
        var wanted = new MorePartitions(
            "t", 5, [.. assignments.Split(' ').Select(brokers => (IReadOnlyList<int>)[.. brokers.Split(',').Select(int.Parse)])]);

        Assert.Equal(error, Decide(wanted).Refusal?.Error ?? ErrorCode.None);
    }

    private static TopicAnswer Decide(MorePartitions wanted) =>
        new PartitionGrowth(new Replicas(7, MayBeFewer: false)).Decide(TopicCreationTests.ImageOf("t"), wanted);
}
