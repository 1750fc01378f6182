using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>
/// Takes the consumer's messages, by one caller at a time: whoever reads, or whoever has to hear the group meanwhile. What
/// comes at the wrong time is held back, in order.
/// </summary>
/// <param name="consumer">The group's handlers run while it is polled, in the turn of whoever polls.</param>
/// <param name="isPauseWanted">Asked before each turn and after it.</param>
/// <param name="ends">What is past an end is passed over; null where reading goes on for ever.</param>
/// <param name="places">Told of what is handed on, in the same turn: afterwards the partition may be another member's.</param>
internal sealed class Polling(
    IConsumer<byte[]?, byte[]?> consumer,
    AlertConsumerOptions options,
    Func<bool> isPauseWanted,
    EndOffsets? ends,
    GroupPlaces places,
    ReadTrouble trouble)
{
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Pausing _pausing = new(consumer);
    private readonly List<ConsumeResult<byte[]?, byte[]?>> _heldBack = [];
    private volatile bool _isNextAwaited;

    /// <summary>Of whoever polls, or does what must not be in the midst of a poll.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Asked in one's turn.</summary>
    public bool IsNothingHeldBack => _heldBack.Count == 0;

    /// <summary>Somebody waits for a message, and so hears the group.</summary>
    public bool IsNextAwaited
    {
        get => _isNextAwaited;
        set => _isNextAwaited = value;
    }

    /// <summary>One turn. What comes while a pause is wanted is held back.</summary>
    /// <returns>Whether anything came, and the next message to hand on.</returns>
    public (bool IsAny, ConsumeResult<byte[]?, byte[]?>? Message) Next(TimeSpan wait)
    {
        lock (Turn)
        {
            var isPaused = isPauseWanted();
            _pausing.Apply(isPaused);
            if (isPaused || _heldBack.Count == 0)
            {
                if (!HoldBack(wait))
                {
                    return (false, null);
                }

                if (_heldBack.Count == 0 || isPauseWanted())
                {
                    return (true, null);
                }
            }

            var message = _heldBack[0];
            _heldBack.RemoveAt(0);
            if (ends is not null && !ends.Takes(message.TopicPartitionOffset))
            {
                return (true, null);
            }

            if (options.Group is not null)
            {
                places.HandedOn(message.TopicPartitionOffset);
            }

            return (true, message);
        }
    }

    /// <summary>What comes is handed on later. Whether anything came.</summary>
    public bool HoldBack(TimeSpan wait)
    {
        lock (Turn)
        {
            if (Consume(wait) is not { } came)
            {
                return false;
            }

            trouble.Clear();
            if (came.IsPartitionEOF)
            {
                trouble.Guard("find the end of", () => ends?.Reached(came.TopicPartitionOffset));
            }
            else
            {
                _heldBack.Add(came);
            }

            return true;
        }
    }

    /// <summary>The group is heard for a moment, by whoever waits for a message, or else here.</summary>
    public void Attend(CancellationToken cancellationToken)
    {
        if (IsNextAwaited || !Turn.TryEnter(Patience))
        {
            cancellationToken.WaitHandle.WaitOne(Patience);
            return;
        }

        try
        {
            _pausing.Apply(isWanted: true);
            HoldBack(Patience);
        }
        finally
        {
            Turn.Exit();
        }
    }

    /// <summary>Reading goes on elsewhere. Called in one's turn.</summary>
    public void Forget() => _heldBack.Clear();

    /// <summary>The group takes these. Called in one's turn.</summary>
    public void Taken(IReadOnlySet<TopicPartition> partitions)
    {
        _pausing.Taken(partitions);
        _heldBack.RemoveAll(message => partitions.Contains(message.TopicPartition));
    }

    private ConsumeResult<byte[]?, byte[]?>? Consume(TimeSpan wait)
    {
        try
        {
            return consumer.Consume(wait);
        }
        catch (KafkaException e) when (options.Group is null && e.Error.Code == ErrorCode.GroupAuthorizationFailed)
        {
            // librdkafka looks a coordinator up even where no group is joined; nothing depends on its answer.
            return null;
        }
        catch (KafkaException e)
        {
            trouble.OnError(e.Error);
            if (!e.Error.IsLocalError)
            {
                throw trouble.Explain(e.Error, e);
            }

            return null;
        }
    }
}
