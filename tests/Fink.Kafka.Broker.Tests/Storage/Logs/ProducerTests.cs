using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

public class ProducerTests
{
    [Fact]
    public async Task A_batch_sent_again_gets_the_offset_it_got_before_and_is_not_appended()
    {
        using var harness = new LogHarness();
        for (var i = 0; i < 5; i++) await harness.Append(LogHarness.Sequenced(7, 0, 2 * i, count: 2));

        for (var i = 0; i < 5; i++)
        {
            var again = await harness.Append(LogHarness.Sequenced(7, 0, 2 * i, count: 2));
            Assert.Equal((ErrorCode.None, 2 * i, true), (again.Error, again.BaseOffset, again.IsDuplicate));
        }

        Assert.Equal(10, harness.Log.EndOffset);
    }

    [Fact]
    public async Task Only_the_last_five_batches_are_known_again()
    {
        using var harness = new LogHarness();
        for (var i = 0; i < 6; i++) await harness.Append(LogHarness.Sequenced(7, 0, i));

        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, (await harness.Append(LogHarness.Sequenced(7, 0, 0))).Error);
        Assert.True((await harness.Append(LogHarness.Sequenced(7, 0, 1))).IsDuplicate);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_restart_a_batch_sent_again_is_known(bool crash)
    {
        using var harness = new LogHarness(LogConfig.Default with { SegmentBytes = 300 });
        for (var i = 0; i < 12; i++) await harness.Append(LogHarness.Sequenced(7, 3, i));
        if (crash) harness.Crash();
        else await harness.Restart();

        Assert.Equal(11, (await harness.Append(LogHarness.Sequenced(7, 3, 11))).BaseOffset);
        Assert.True((await harness.Append(LogHarness.Sequenced(7, 3, 8))).IsDuplicate);
        Assert.Equal(ErrorCode.InvalidProducerEpoch, (await harness.Append(LogHarness.Sequenced(7, 2, 12))).Error);
        Assert.Equal(12, (await harness.Append(LogHarness.Sequenced(7, 3, 12))).BaseOffset);
    }

    [Theory]
    [InlineData(0, 5, ErrorCode.OutOfOrderSequenceNumber)]
    [InlineData(0, 3, ErrorCode.None)]
    [InlineData(1, 0, ErrorCode.None)]
    [InlineData(1, 3, ErrorCode.OutOfOrderSequenceNumber)]
    public async Task Sequences_go_on_and_begin_at_0_in_a_new_epoch(short epoch, int sequence, ErrorCode expected)
    {
        using var harness = new LogHarness();
        await harness.Append(LogHarness.Sequenced(7, 0, 0, count: 3));

        Assert.Equal(expected, (await harness.Append(LogHarness.Sequenced(7, epoch, sequence))).Error);
    }

    [Fact]
    public async Task A_producer_that_is_not_known_may_begin_anywhere_and_after_the_greatest_number_comes_0()
    {
        using var harness = new LogHarness();

        Assert.Equal(ErrorCode.None, (await harness.Append(LogHarness.Sequenced(7, 0, int.MaxValue - 1, count: 3))).Error);
        Assert.Equal(ErrorCode.None, (await harness.Append(LogHarness.Sequenced(7, 0, 1))).Error);
        Assert.True((await harness.Append(LogHarness.Sequenced(7, 0, int.MaxValue - 1, count: 3))).IsDuplicate);
    }

    [Fact]
    public async Task A_producer_that_went_silent_is_forgotten()
    {
        using var harness = new LogHarness();
        await harness.Append(LogHarness.Sequenced(7, 0, 0));
        Assert.Equal((7, 0), (Assert.Single(harness.Log.DescribeProducers()).ProducerId, harness.Log.DescribeProducers()[0].LastSequence));

        harness.Time.Advance(TimeSpan.FromHours(25));
        harness.Log.ApplyRetention();

        Assert.Empty(harness.Log.DescribeProducers());
        Assert.Equal(ErrorCode.None, (await harness.Append(LogHarness.Sequenced(7, 0, 40))).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_open_transaction_holds_back_those_who_want_only_what_is_committed(bool commit)
    {
        using var harness = new LogHarness();
        await harness.Fill(1);
        await harness.Append(LogHarness.Sequenced(7, 0, 0, transactional: true));
        await harness.Fill(1);
        harness.Crash();

        Assert.Equal((1, 3), (harness.Log.LastStableOffset, harness.Log.HighWatermark));
        Assert.Equal([0], harness.ReadAll(isolation: IsolationLevel.ReadCommitted));
        Assert.Equal(ErrorCode.InvalidTxnState, (await harness.Append(LogHarness.Sequenced(7, 0, 1))).Error);

        var marker = await harness.Append(LogHarness.Marker(7, 0, commit), AppendOrigin.Coordinator);
        Assert.Equal((ErrorCode.None, 3), (marker.Error, marker.BaseOffset));
        harness.Crash();

        Assert.Equal(4, harness.Log.LastStableOffset);
        using var slice = harness.Log.Read(0, 1000, true, IsolationLevel.ReadCommitted);
        Assert.Equal(commit ? [] : [new AbortedTransaction(7, 1)], slice.AbortedTransactions);
        Assert.Equal(7, harness.Log.DescribeProducers()[0].CoordinatorEpoch);
    }

    [Fact]
    public async Task Clients_cannot_end_transactions()
    {
        using var harness = new LogHarness();

        Assert.Equal(ErrorCode.InvalidRecord, (await harness.Append(LogHarness.Marker(7, 0, true))).Error);
    }
}
