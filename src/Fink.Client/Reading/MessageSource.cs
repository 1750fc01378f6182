using Confluent.Kafka;
using Fink.Client.Decoding;
using Fink.Librdkafka;

namespace Fink.Client.Reading;

/// <summary>
/// Owns the consumer. Without a group it takes every partition by itself and commits nothing; with one it subscribes,
/// and what is <see cref="Done"/> is committed, by itself or when told to. Used by one caller at a time.
/// </summary>
internal sealed class MessageSource : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly AlertConsumerOptions _options;
    private readonly Func<bool> _isPauseWanted;
    private readonly ReadTrouble _trouble;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly StartOffsets _starts;
    private readonly GroupStarts _groupStarts;
    private readonly TopicGrowth _growth;
    private readonly EndOffsets? _ends;
    private readonly GroupPlaces _places = new();
    private ConsumeResult<byte[]?, byte[]?>? _inHand;
    private ConsumeResult<byte[]?, byte[]?>? _heldBack;
    private readonly CancellationTokenSource _leaving = new();
    private Task? _staying;
    private bool _isAssigned;
    private bool _isPaused;

    private MessageSource(AlertConsumerOptions options, Func<bool> isPauseWanted, TimeProvider timeProvider)
    {
        _options = options;
        _isPauseWanted = isPauseWanted;
        _trouble = new ReadTrouble(options, timeProvider);
        LibrdkafkaBuild.Choose();
        _consumer = Build();
        _starts = new StartOffsets(_consumer, options.Timeout);
        _growth = new TopicGrowth(options, timeProvider);
        _groupStarts = new GroupStarts(_consumer, _starts, _growth, options);
        _ends = options.UntilEnd ? new EndOffsets(_consumer, options.Timeout) : null;
    }

    /// <summary>Connects, looks the topics up, and stands at the start of each partition. Blocks.</summary>
    public static MessageSource Open(
        AlertConsumerOptions options, Func<bool> isPauseWanted, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var source = new MessageSource(options, isPauseWanted, timeProvider);
        try
        {
            source.Start(cancellationToken);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The next message, or null at the end.</summary>
    public async ValueTask<ConsumeResult<byte[]?, byte[]?>?> NextAsync(CancellationToken cancellationToken)
    {
        while (!IsAtEnd())
        {
            cancellationToken.ThrowIfCancellationRequested();
            PauseOrResume(_isPauseWanted());
            if (_growth.IsDue && !_isPaused)
            {
                await Task.Run(() => TakeAdded(cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            var result = TakeHeldBack() ?? Consume(TimeSpan.Zero) ?? await Task.Run(() => Consume(Patience), cancellationToken).ConfigureAwait(false);
            if (result is null)
            {
                _trouble.ThrowIfHopeless();
                if (_trouble.IsTopicMissing)
                {
                    LookUp(cancellationToken);
                    _trouble.Clear();
                }

                continue;
            }

            _trouble.Clear();
            if (result.IsPartitionEOF)
            {
                _trouble.Guard("find the end of", () => _ends?.Reached(result.TopicPartitionOffset));
            }
            else if (_isPauseWanted())
            {
                // It came while the pause was asked for. While one is held back, none is fetched.
                _heldBack = result;
            }
            else if (_ends is null || _ends.Takes(result.TopicPartitionOffset))
            {
                _places.HandedOn(result.TopicPartitionOffset);
                return _inHand = result;
            }
        }

        return null;
    }

    /// <summary>The group's place is past this message.</summary>
    public void Done(ConsumeResult<byte[]?, byte[]?> message)
    {
        if (_options.Group is null)
        {
            return;
        }

        try
        {
            _consumer.StoreOffset(message);
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.Local_State)
        {
            // The group gave the partition to another member meanwhile; its place is that member's to move.
            _inHand = null;
        }
    }

    /// <summary>Commits what is done, the message in hand included.</summary>
    public void Commit()
    {
        if (_inHand is { } message)
        {
            Done(message);
        }

        Commit(() => _consumer.Commit());
    }

    /// <summary>Whether this member still answers for the alert there. May be asked from anywhere.</summary>
    public bool Holds(AlertPosition position) =>
        _options.Group is null || _places.Holds(new TopicPartitionOffset(position.Topic, position.Partition, position.Offset));

    public void Commit(TopicPartitionOffset next)
    {
        if (!_places.IsOurs(next.TopicPartition))
        {
            throw new AlertReadException(
                AlertReadFailure.Moved,
                $"Cannot commit a place in {next.Topic}@{next.Partition.Value} at {_options.Connection.Servers}: "
                + $"the group {_options.Group} gave the partition to another member, which reads what was not committed again.");
        }

        Commit(() => _consumer.Commit([next]));
    }

    /// <summary>Every partition that is assigned goes on from there.</summary>
    public void Seek(StartPosition position)
    {
        var starts = _trouble.Guard("find the place in", () => Expected(_starts.Of(_consumer.Assignment, position)));
        _heldBack = null;
        starts.ForEach(_places.GoesOnAt);
        _trouble.Guard("go to the place in", () =>
        {
            starts.ForEach(_consumer.Seek);
            return starts.Count;
        });
    }

    /// <summary>
    /// No message is read any more. A group sends away who does not poll for some minutes: this does it until it is disposed
    /// of, so that what was handed on can be committed, however late.
    /// </summary>
    public void Stay() => _staying = Task.Run(() =>
    {
        while (!_leaving.IsCancellationRequested)
        {
            PauseOrResume(isWanted: true);
            Consume(Patience);
        }
    });

    public void Dispose()
    {
        _leaving.Cancel();
        if (_staying is not null)
        {
            // How it ended does not matter: what went wrong with the group is told by a commit.
            ((IAsyncResult)_staying).AsyncWaitHandle.WaitOne();
        }

        _leaving.Dispose();
        if (_options.Group is not null)
        {
            // Commits what is done, and leaves the group at once instead of after its session time-out.
            _consumer.Close();
        }

        _consumer.Dispose();
    }

    private void Start(CancellationToken cancellationToken)
    {
        var partitions = LookUp(cancellationToken);
        _growth.Begin(partitions);
        _trouble.Clear();
        if (_options.Group is not null)
        {
            _consumer.Subscribe(_options.Topics);
            return;
        }

        var starts = _trouble.Guard("find where to start", () => Assigned(_starts.Of(partitions, _options.From)));
        if (starts.Count == 0 && _options.From is StartPosition.FromPlace(var place))
        {
            throw new AlertReadException(
                AlertReadFailure.NotFound,
                $"Cannot read {place} at {_options.Connection.Servers}: the topic has {(partitions.Count == 1 ? "one partition, 0" : $"{partitions.Count} partitions, from 0")}.");
        }

        _consumer.Assign(starts);
    }

    private List<TopicPartition> LookUp(CancellationToken cancellationToken) =>
        new TopicLookup(_consumer, _options, _trouble, () => _heldBack ??= Consume(TimeSpan.Zero)).Partitions(cancellationToken);

    private ConsumeResult<byte[]?, byte[]?>? TakeHeldBack()
    {
        if (_isPaused)
        {
            return null;
        }

        var held = _heldBack;
        _heldBack = null;
        return held;
    }

    /// <summary>Without a group nobody else gives this reader the partitions that a topic gets.</summary>
    private void TakeAdded(CancellationToken cancellationToken)
    {
        var added = _growth.Added(LookUp(cancellationToken));
        if (added.Count > 0)
        {
            _consumer.IncrementalAssign(_trouble.Guard("find where to start", () => _starts.Of(added, StartPosition.Beginning)));
        }
    }

    private List<TopicPartitionOffset> Assigned(List<TopicPartitionOffset> starts)
    {
        _isAssigned = true;
        return Expected(starts);
    }

    private List<TopicPartitionOffset> Expected(List<TopicPartitionOffset> starts)
    {
        _ends?.Expect(starts);
        return starts;
    }

    /// <summary>Which partitions are this member's is open until it is given some again, and so is where they end.</summary>
    private void Revoked(List<TopicPartitionOffset> partitions)
    {
        if (_isPaused)
        {
            // librdkafka keeps a partition paused over a rebalance, also one that it is given again.
            _consumer.Resume(partitions.Select(partition => partition.TopicPartition));
            _isPaused = false;
        }

        _isAssigned = false;
        _ends?.Forget(partitions);
        _places.Revoked(partitions);
        _heldBack = null;
    }

    private void Lost(List<TopicPartitionOffset> partitions)
    {
        Revoked(partitions);
        _places.Lost(partitions);
    }

    private bool IsAtEnd() => _ends is not null && _isAssigned && _heldBack is null && _ends.AreAllReached;

    private void PauseOrResume(bool isWanted)
    {
        if (isWanted == _isPaused || _consumer.Assignment is not { Count: > 0 } assignment)
        {
            return;
        }

        if (isWanted)
        {
            _consumer.Pause(assignment);
        }
        else
        {
            _consumer.Resume(assignment);
        }

        _isPaused = isWanted;
    }

    private void Commit(Action commit)
    {
        try
        {
            commit();
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.Local_NoOffset)
        {
            // Nothing new since the last time.
            return;
        }
        catch (KafkaException e)
        {
            throw _trouble.Explain(e.Error, e, attempt: $"commit the place of group {_options.Group} in");
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Consume(TimeSpan wait)
    {
        try
        {
            return _consumer.Consume(wait);
        }
        catch (KafkaException e) when (_options.Group is null && e.Error.Code == ErrorCode.GroupAuthorizationFailed)
        {
            // librdkafka looks a coordinator up even where no group is joined; nothing depends on its answer.
            return null;
        }
        catch (KafkaException e)
        {
            _trouble.OnError(e.Error);
            if (!e.Error.IsLocalError)
            {
                throw _trouble.Explain(e.Error, e);
            }

            return null;
        }
    }

    private IConsumer<byte[]?, byte[]?> Build()
    {
        try
        {
            return new ConsumerBuilder<byte[]?, byte[]?>(ConsumerSettings.Of(_options))
                .SetKeyDeserializer(new KnownKeys())
                .SetErrorHandler((_, error) => _trouble.OnError(error))
                .SetLogHandler((_, message) => _trouble.OnLog(message))
                .SetPartitionsAssignedHandler((_, partitions) =>
                    _trouble.Guard("find where to start", () => Assigned(_places.Assigned(partitions, _groupStarts.Of))))
                .SetPartitionsRevokedHandler((_, partitions) => Revoked(partitions))
                .SetPartitionsLostHandler((_, partitions) => Lost(partitions))
                .Build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, $"Cannot read alerts: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
