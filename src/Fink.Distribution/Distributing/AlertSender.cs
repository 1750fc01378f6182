using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Fink.Distribution.Configuration;
using Fink.Distribution.Messages;
using Fink.Distribution.Publishing;
using Fink.Distribution.Publishing.Native;
using Fink.Distribution.Routing;
using Fink.Kafka.Clients;

namespace Fink.Distribution.Distributing;

/// <summary>
/// The second half of the pipeline, one thread: hands messages to librdkafka, waits only for room in its queue, takes in
/// delivery reports, and passes each slice on whose last report has come, in the order of the slices.
/// </summary>
internal sealed class AlertSender : IDeliveryReports, IDisposable
{
    private const int PollEvery = 64;
    private const int PollMs = 5;
    private const int IdleMs = 50;
    private const int TopicBits = 20;

    private readonly DistributionRules _rules;
    private readonly RunCounts _counts;
    private readonly ITopicPreparation _preparation;
    private readonly TimeProvider _time;
    private readonly ClientWatch _watch;
    private readonly AlertProducer _producer;
    private readonly List<Destination> _destinations = [];
    private readonly Queue<SliceRun> _slices = [];
    private readonly PipelineQueues _queues;
    private readonly byte[] _fixedKey;
    private int _sinceLastPoll;

    public AlertSender(
        IEnumerable<KeyValuePair<string, string>> settings,
        long queueBytes,
        DistributionRules rules,
        RunCounts counts,
        ITopicPreparation preparation,
        ClientWatch watch,
        PipelineQueues queues,
        TimeProvider time)
    {
        (_rules, _counts, _preparation, _watch, _queues, _time) = (rules, counts, preparation, watch, queues, time);
        _fixedKey = rules is { Key: KeyFormat.Version, SchemaVersion: { } version } ? Encoding.UTF8.GetBytes(version) : [];
        _producer = new AlertProducer(settings, queueBytes, this, watch);
    }

    /// <summary>Sends until the reader has ended and everything is reported.</summary>
    /// <exception cref="DistributionException">The producer can go on no more.</exception>
    public void SendAll(CancellationToken abort)
    {
        var full = _queues.Full;
        while (!full.IsCompleted || _slices.Count > 0)
        {
            abort.ThrowIfCancellationRequested();
            // With nothing in flight there is nothing to poll for: wait for the reader. Else wait for reports, unless there is work.
            if (full.TryTake(out var block, _slices.Count == 0 || HasNothingOutstanding() ? IdleMs : 0, abort))
            {
                Send(block, abort);
            }
            else
            {
                Poll(_slices.Count == 0 ? 0 : PollMs);
            }
        }
    }

    public void Delivered(long tag)
    {
        _destinations[TopicOf(tag)].Topic.Sent++;
        TakeBack(BlockOf(tag));
    }

    /// <summary>
    /// A topic whose message waited as long as one may gets no further alert in this run: each would wait as long, one queue
    /// after the other. The next run sends them.
    /// </summary>
    public void Failed(long tag, in FailedDelivery failure)
    {
        var destination = _destinations[TopicOf(tag)];
        if (failure.HasTimedOut && destination.Handle is not null)
        {
            var reason = _watch.Explain(new Error(ErrorCode.Local_MsgTimedOut, failure.Reason), $"send to topic {destination.Topic.Name}").Message.TrimEnd('.');
            _destinations[TopicOf(tag)] = destination = destination with { Handle = null, Unavailable = reason };
        }

        var told = failure.HasTimedOut ? failure with { Reason = destination.Unavailable ?? failure.Reason } : failure;
        var block = BlockOf(tag);
        Fail(destination.Topic, block.Slice!, told);
        TakeBack(block);
    }

    public void Dispose() => _producer.Dispose();

    private void Send(AlertBlock block, CancellationToken abort)
    {
        var slice = block.Slice!;
        if (_slices.Count == 0 || _slices.Last().Number != slice.Number)
        {
            _slices.Enqueue(slice);
        }

        Open(block.NewTopics, abort);
        Span<byte> time = stackalloc byte[32];
        _time.GetUtcNow().TryFormat(time, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        time = time[..length];
        foreach (var message in block.Messages)
        {
            Send(block, message, slice, time, abort);
        }

        slice.IsHandedOver = block.EndsSlice;
        block.IsHandedOver = true;
        Recycle(block);
        Poll(0);
    }

    private void Send(AlertBlock block, in BlockMessage message, SliceRun slice, ReadOnlySpan<byte> time, CancellationToken abort)
    {
        var destination = _destinations[message.Topic.Index];
        if (destination.Handle is not { } handle)
        {
            Fail(message.Topic, slice, new FailedDelivery(Name(block, message), destination.Unavailable!, true));
            return;
        }

        var rule = block.Plan!.Rules[message.Rule];
        var form = block.Plan.Forms[rule.Form];
        var projection = block.Plan.Projections[form.Projection];
        var alert = new AlertMessage
        {
            Topic = handle,
            Partition = Murmur2.Partition(block.Text(message.PartitionBy), handle.Partitions),
            Key = KeyOf(block, message, projection),
            Value = block.Value(message.Value),
            ObjectId = block.Text(message.ObjectId),
            AlertId = block.Text(message.AlertId),
            Fingerprint = projection.Fingerprint,
            Rule = rule.Label,
            Wire = form.Name,
            Time = time,
            Tag = TagOf(block, message.Topic),
        };
        int error;
        while (!_producer.TrySend(alert, out error))
        {
            abort.ThrowIfCancellationRequested();
            Poll(PollMs);
        }

        if (error == LibRdKafka.Ok)
        {
            slice.Outstanding++;
            block.Outstanding++;
        }
        else
        {
            Fail(message.Topic, slice, new FailedDelivery(Name(block, message), LibRdKafka.Describe(error), FailedDelivery.CanErrorPass(error)));
        }

        if (++_sinceLastPoll >= PollEvery)
        {
            Poll(0);
        }
    }

    private ReadOnlySpan<byte> KeyOf(AlertBlock block, in BlockMessage message, AlertProjection projection) => _rules.Key switch
    {
        KeyFormat.Schema => projection.Schema.Json,
        KeyFormat.Version => _fixedKey.Length > 0 ? _fixedKey : block.Text(message.Key),
        _ => [],
    };

    private static string Name(AlertBlock block, in BlockMessage message) => Encoding.UTF8.GetString(block.Text(message.AlertId));

    private void Fail(AlertTopic topic, SliceRun slice, in FailedDelivery failure)
    {
        topic.Failed++;
        _counts.Fail(new FailedAlert(failure.AlertId, topic.Name, failure.Reason, failure.CanSucceedLater));
        if (failure.CanSucceedLater)
        {
            slice.FailedFor(topic.Name, failure.Reason);
        }
    }

    private void Open(List<AlertTopic> topics, CancellationToken abort)
    {
        if (topics.Count == 0)
        {
            return;
        }

        var prepared = _preparation.PrepareAsync(topics, abort).GetAwaiter().GetResult();
        for (var i = 0; i < topics.Count; i++)
        {
            while (_destinations.Count <= topics[i].Index)
            {
                _destinations.Add(default);
            }

            var handle = prepared[i].Unavailable is null
                ? _producer.Open(topics[i].Name, prepared[i].Partitions, topics[i].Settings.Compression)
                : null;
            _destinations[topics[i].Index] = new Destination(topics[i], handle, prepared[i].Unavailable);
        }
    }

    private void Poll(int timeoutMs)
    {
        _sinceLastPoll = 0;
        _producer.Poll(timeoutMs);
        if (_watch.IsRefused)
        {
            // Its own words are among what was heard.
            throw _watch.Explain(new Error(ErrorCode.Local_AllBrokersDown), "send alerts");
        }

        if (_producer.FatalError is { } error)
        {
            throw new DistributionException($"the producer cannot go on: {error}; run again to go on at the slice that was under way");
        }

        while (_slices.TryPeek(out var slice) && slice.HasEnded)
        {
            _slices.Dequeue();
            _queues.Ended.Writer.TryWrite(slice);
        }
    }

    private bool HasNothingOutstanding()
    {
        foreach (var slice in _slices)
        {
            if (slice.Outstanding > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Not zero: librdkafka gives a message without a tag back as one whose tag is zero.</summary>
    private static long TagOf(AlertBlock block, AlertTopic topic) => ((block.Number + 1L) << TopicBits) | (uint)topic.Index;

    private static int TopicOf(long tag) => (int)(tag & ((1 << TopicBits) - 1));

    private AlertBlock BlockOf(long tag) => _queues[(int)(tag >> TopicBits) - 1];

    /// <summary>A message's bytes are no longer needed.</summary>
    private void TakeBack(AlertBlock block)
    {
        block.Slice!.Outstanding--;
        block.Outstanding--;
        Recycle(block);
    }

    private void Recycle(AlertBlock block)
    {
        if (block is { IsHandedOver: true, Outstanding: 0 })
        {
            _queues.Empty.Add(block);
        }
    }

    private readonly record struct Destination(AlertTopic Topic, TopicHandle? Handle, string? Unavailable);
}
