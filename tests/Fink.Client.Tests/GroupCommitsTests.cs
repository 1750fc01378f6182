using Confluent.Kafka;
using Fink.Client.Reading;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Client.Tests;

/// <summary>A commit that meets a rebalance waits for its end, which is whatever a test has happen while it waits.</summary>
public sealed class GroupCommitsTests : IDisposable
{
    private static readonly TopicPartition Partition = new("t", 0);
    private static readonly TopicPartitionOffset Next = new(Partition, 3);

    private readonly FakeTimeProvider _time = new();
    private readonly GroupPlaces _places = new();
    private readonly Queue<ErrorCode> _answers = [];
    private readonly Queue<Action> _meanwhile = [];
    private readonly CancellationTokenSource _cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private int _sent;

    public GroupCommitsTests() => Give(Partition);

    public void Dispose() => _cancel.Dispose();

    [Theory]
    [InlineData(ErrorCode.IllegalGeneration)]
    [InlineData(ErrorCode.RebalanceInProgress)]
    [InlineData(ErrorCode.UnknownMemberId)]
    public void What_is_refused_for_a_rebalance_is_sent_again_once_the_partition_is_given_back(ErrorCode refusal)
    {
        _answers.Enqueue(refusal);
        Meanwhile(Take, () => { }, () => Give(Partition));

        Assert.Equal([Next], Commit());
        Assert.Equal(2, _sent);
        Assert.Empty(_meanwhile);
    }

    [Fact]
    public void What_is_refused_and_given_to_another_is_not_sent_again()
    {
        _answers.Enqueue(ErrorCode.IllegalGeneration);
        Meanwhile(Take, () => Give());

        Assert.Empty(Commit());
        Assert.Equal(1, _sent);
    }

    [Fact]
    public void Nothing_is_sent_while_it_is_open_whose_the_partition_is()
    {
        Take();
        Meanwhile(() => { }, () => Assert.Equal(0, _sent), () => Give(Partition));

        Assert.Equal([Next], Commit());
        Assert.Equal(1, _sent);
    }

    [Fact]
    public void A_group_that_was_at_rest_again_before_the_refusal_came_is_asked_again_after_a_second()
    {
        _answers.Enqueue(ErrorCode.RebalanceInProgress);
        var asked = 0;
        Meanwhile([.. Enumerable.Repeat(() => { asked++; }, 10)]);

        Assert.Equal([Next], Commit());
        Assert.Equal((10, 2), (asked, _sent));
    }

    [Fact]
    public void A_group_that_does_not_come_to_rest_is_given_up_after_as_long_as_it_waits_for_its_members()
    {
        Take();

        var given = Assert.Throws<AlertReadException>(() => Commit());

        Assert.Equal(AlertReadFailure.TimedOut, given.Failure);
        Assert.Contains("group g in t at somewhere:9092: for 300 s", given.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_ends_when_it_is_cancelled()
    {
        Take();
        Meanwhile(_cancel.Cancel);

        Assert.Throws<OperationCanceledException>(() => Commit());
    }

    [Fact]
    public void Any_other_refusal_is_the_callers()
    {
        _answers.Enqueue(ErrorCode.GroupAuthorizationFailed);

        Assert.Throws<KafkaException>(() => Commit());
    }

    private List<TopicPartitionOffset> Commit()
    {
        var options = new AlertConsumerOptions { Connection = AlertConnection.To("somewhere:9092"), Topics = ["t"], Group = "g" };
        return new GroupCommits(options, _places, Send, Attend, _time).Commit([Next], _cancel.Token);
    }

    private void Send(IReadOnlyList<TopicPartitionOffset> places)
    {
        Assert.Equal([Next], places);
        _sent++;
        if (_answers.TryDequeue(out var refusal))
        {
            throw new KafkaException(refusal);
        }
    }

    private void Attend(CancellationToken cancellationToken)
    {
        _time.Advance(TimeSpan.FromSeconds(0.1));
        if (_meanwhile.TryDequeue(out var step))
        {
            step();
        }
    }

    /// <summary>One step each time that the group is heard for a moment.</summary>
    private void Meanwhile(params Action[] steps) => Array.ForEach(steps, _meanwhile.Enqueue);

    private void Take() => _places.Taken([new TopicPartitionOffset(Partition, Offset.Unset)]);

    private void Give(params TopicPartition[] partitions) => _places.Assigned(
        [.. partitions],
        begin: fresh => fresh.ConvertAll(partition => new TopicPartitionOffset(partition, 0)),
        committed: back => back.ConvertAll(partition => new TopicPartitionOffset(partition, Offset.Unset)));
}
