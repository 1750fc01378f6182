using System.Collections.Immutable;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Metadata.Topics;

public sealed class TopicCreationTests
{
    private const int Node = 7;

    private static readonly MetadataImage Image = ImageOf("a.b", "alerts");

    [Fact]
    public void What_is_not_said_is_the_brokers_default()
    {
        var made = Decide(NewTopic.Named("t"), "num.partitions=5").Topic!;

        Assert.Equal(("t", 5), (made.Name, made.Partitions));
        Assert.NotEqual(Guid.Empty, made.Id);
        Assert.Empty(made.Configs);
    }

    [Theory]
    [InlineData("alerts", 1, 1, ErrorCode.TopicAlreadyExists, "Topic 'alerts' already exists.")]
    [InlineData("a_b", 1, 1, ErrorCode.InvalidTopicException, "Topic 'a_b' collides with existing topic: a.b")]
    [InlineData("a b", 1, 1, ErrorCode.InvalidTopicException, null)]
    [InlineData("t", 0, 1, ErrorCode.InvalidPartitions, null)]
    [InlineData("t", -2, 1, ErrorCode.InvalidPartitions, null)]
    [InlineData("t", 1, 0, ErrorCode.InvalidReplicationFactor, null)]
    [InlineData("t", 1, -2, ErrorCode.InvalidReplicationFactor, null)]
    [InlineData("t", 1, 2, ErrorCode.InvalidReplicationFactor, null)]
    [InlineData("t", 10_001, 1, ErrorCode.PolicyViolation, null)]
    [InlineData("t", int.MaxValue, 1, ErrorCode.PolicyViolation, null)]
    public void A_topic_that_cannot_be_is_refused_with_Kafkas_error(string name, int partitions, int replicas, ErrorCode error, string? text)
    {
        var refusal = Decide(NewTopic.Named(name) with { Partitions = partitions, Replicas = replicas }).Refusal!;

        Assert.Equal(error, refusal.Error);
        Assert.Equal(text ?? refusal.Message, refusal.Message);
        Assert.NotEmpty(refusal.Message!);
    }

    [Theory]
    [InlineData("fink.replication.factor.clamp=true", 3, true)]
    [InlineData("fink.replication.factor.clamp=true", -1, true)]
    [InlineData("fink.replication.factor.clamp=true", 0, false)]
    [InlineData("default.replication.factor=3", 1, true)]
    [InlineData("default.replication.factor=3", -1, false)]
    public void Three_replicas_are_one_where_the_broker_is_told_so(string property, int replicas, bool isMade) =>
        Assert.Equal(isMade, Decide(NewTopic.Named("t") with { Partitions = 1, Replicas = replicas }, property).Topic is not null);

    [Theory]
    [InlineData("0:7 1:7", ErrorCode.None)]
    [InlineData("1:7 0:7 2:7", ErrorCode.None)]
    [InlineData("0:7 2:7", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("1:7", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("0:7 0:7", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("-1:7 0:7", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("0:", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("0:8", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("0:7,7", ErrorCode.InvalidReplicaAssignment)]
    [InlineData("0:7,8", ErrorCode.InvalidReplicaAssignment)]
    public void An_assignment_by_hand_names_this_broker_once_for_every_partition(string assignment, ErrorCode error)
    {
        var answer = Decide(NewTopic.Named("t") with { Assignments = Assignments(assignment) });

        Assert.Equal(error, answer.Refusal?.Error ?? ErrorCode.None);
        if (error == ErrorCode.None) Assert.Equal(assignment.Split(' ').Length, answer.Topic!.Partitions);
    }

    [Theory]
    [InlineData(2, -1)]
    [InlineData(-1, 1)]
    public void With_an_assignment_there_are_no_other_numbers(int partitions, int replicas)
    {
        var wanted = NewTopic.Named("t") with { Partitions = partitions, Replicas = replicas, Assignments = Assignments("0:7 1:7") };

        Assert.Equal(ErrorCode.InvalidRequest, Decide(wanted).Refusal!.Error);
    }

    [Theory]
    [InlineData("retention.m", "5", "Unknown topic config name: retention.m; did you mean retention.ms?")]
    [InlineData("retention.ms", "soon", "Invalid value soon for configuration retention.ms: Not a number of type LONG")]
    [InlineData("retention.ms", null, "A new topic's configuration needs a value: retention.ms.")]
    [InlineData("min.compaction.lag.ms", "9223372036854775807", null)]
    [InlineData("max.compaction.lag.ms", "1", null)]
    [InlineData("remote.storage.enable", "true", "remote.storage.enable cannot be true: there is no tiered storage.")]
    public void A_configuration_that_cannot_be_says_why(string name, string? value, string? complaint)
    {
        var refusal = Decide(NewTopic.Named("t") with { Configs = [new(name, value)] }).Refusal;

        Assert.Equal(complaint, refusal?.Message);
        if (complaint is not null) Assert.Equal(ErrorCode.InvalidConfig, refusal!.Error);
    }

    [Fact]
    public void The_least_lag_of_compaction_is_not_more_than_the_most()
    {
        var wanted = NewTopic.Named("t") with { Configs = [new("min.compaction.lag.ms", "3"), new("max.compaction.lag.ms", "2")] };

        Assert.Equal(ErrorCode.InvalidConfig, Decide(wanted).Refusal!.Error);
    }

    [Fact]
    public void Values_are_kept_in_the_one_way_to_write_them()
    {
        var made = Decide(NewTopic.Named("t") with
        {
            Configs = [new("cleanup.policy", " compact , delete"), new("preallocate", "TRUE"), new("retention.ms", "+05 ")],
        }).Topic!;

        Assert.Equal("compact,delete", made.Configs["cleanup.policy"]);
        Assert.Equal("true", made.Configs["preallocate"]);
        Assert.Equal("5", made.Configs["retention.ms"]);
    }

    [Fact]
    public void A_later_topic_of_a_request_sees_those_before()
    {
        var answers = new TopicCreation(BrokerConfigs.Defaults, new Replicas(Node, MayBeFewer: false))
            .Decide(Image, [NewTopic.Named("x.y"), NewTopic.Named("x_y"), NewTopic.Named("z")]);

        Assert.Equal(
            [null, ErrorCode.InvalidTopicException, null],
            answers.Select(answer => answer.Refusal?.Error));
    }

    [Fact]
    public void The_partitions_of_all_topics_of_a_request_count_together()
    {
        var half = NewTopic.Named("x") with { Partitions = (TopicCreation.MostPartitions / 2) + 1 };
        var creation = new TopicCreation(BrokerConfigs.Defaults, new Replicas(Node, MayBeFewer: false));

        Assert.NotNull(creation.Decide(Image, [half])[0].Topic);
        Assert.All(
            creation.Decide(Image, [half, half with { Name = "y" }]),
            answer => Assert.Equal(ErrorCode.PolicyViolation, answer.Refusal!.Error));
    }

    internal static MetadataImage ImageOf(params string[] topics)
    {
        var evolution = new MetadataEvolution(MetadataImage.Empty);
        foreach (var name in topics)
        {
            evolution.Apply(new MetadataChange.TopicCreated(
                new Topic(name, Guid.NewGuid(), 3, ImmutableDictionary<string, string>.Empty)));
        }

        return evolution.Image;
    }

    private static TopicAnswer Decide(NewTopic wanted, params string[] properties)
    {
        var configs = BrokerConfigs.Parse(properties.Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]));
        var replicas = new Replicas(Node, configs.Flag("fink.replication.factor.clamp"));
        return new TopicCreation(configs, replicas).Decide(Image, [wanted])[0];
    }

    private static List<PartitionAssignment> Assignments(string text) =>
    [
        .. text.Split(' ').Select(partition => partition.Split(':')).Select(parts => new PartitionAssignment(
            int.Parse(parts[0]), [.. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)])),
    ];
}
