using Confluent.Kafka;
using Fink.Client.Decoding;
using Fink.Librdkafka;

namespace Fink.Client.Reading;

/// <summary>
/// Owns the consumer. Without a group it takes every partition by itself and commits nothing; with one it subscribes,
/// and what is <see cref="Done"/> is committed, by itself or when told to. Used by one caller at a time, beside whom others may
/// commit.
/// </summary>
internal sealed class MessageSource : IDisposable
{
    private readonly AlertConsumerOptions _options;
    private readonly Func<bool> _isPauseWanted;
    private readonly ReadTrouble _trouble;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly StartOffsets _starts;
    private readonly GroupStarts _groupStarts;
    private readonly TopicGrowth _growth;
    private readonly EndOffsets? _ends;
    private readonly GroupPlaces _places = new();
    private readonly GroupCommits _commits;
    private readonly CancellationTokenSource _leaving = new();
    private Task? _staying;
    private readonly Polling _polling;

    // Of whoever has the turn to poll.
    private bool _isAssigned;

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
        _commits = new GroupCommits(options, _places, places => _consumer.Commit(places), Hear, timeProvider);
        _ends = options.UntilEnd ? new EndOffsets(_consumer, options.Timeout) : null;
        _polling = new Polling(_consumer, options, isPauseWanted, _ends, _places, _trouble);
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
        _polling.IsNextAwaited = true;
        try
        {
            while (!IsAtEnd())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_growth.IsDue && !_isPauseWanted())
                {
                    await Task.Run(() => TakeAdded(cancellationToken), cancellationToken).ConfigureAwait(false);
                }

                var came = _polling.Next(TimeSpan.Zero);
                came = came.IsAny ? came : await Task.Run(() => _polling.Next(Polling.Patience), cancellationToken).ConfigureAwait(false);
                if (came.Message is { } message)
                {
                    return message;
                }

                if (!came.IsAny)
                {
                    ThrowIfHopeless(cancellationToken);
                }
            }

            return null;
        }
        finally
        {
            _polling.IsNextAwaited = false;
        }
    }

    /// <summary>The group's place may go past this message, where it goes by itself.</summary>
    public void Done(ConsumeResult<byte[]?, byte[]?> message)
    {
        var isByItself = _options.Group is not null && _options.Commit == CommitMode.Automatic;
        if (!isByItself || !_places.Moves(new TopicPartitionOffset(message.TopicPartition, message.Offset + 1)))
        {
            return;
        }

        try
        {
            _consumer.StoreOffset(message);
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.Local_State)
        {
            // The group has taken the partition to give it anew; who has it next goes on behind what is committed.
            return;
        }
    }

    /// <summary>Commits what was handed on, of what is this member's.</summary>
    public void Commit(CancellationToken cancellationToken) => Commit(_places.Handed(), cancellationToken);

    public void Commit(TopicPartitionOffset next, CancellationToken cancellationToken)
    {
        if (Commit([next], cancellationToken).Count == 0)
        {
            throw new AlertReadException(
                AlertReadFailure.Moved,
                $"Cannot commit a place in {next.Topic}@{next.Partition.Value} at {_options.Connection.Servers}: "
                + $"the group {_options.Group} gave the partition to another member, which reads what was not committed again.");
        }
    }

    /// <summary>Whether this member still answers for the alert there. May be asked from anywhere.</summary>
    public bool Holds(AlertPosition position) =>
        _options.Group is null || _places.Holds(new TopicPartitionOffset(position.Topic, position.Partition, position.Offset));

    /// <summary>Every partition that is assigned goes on from there.</summary>
    public void Seek(StartPosition position)
    {
        lock (_polling.Turn)
        {
            var starts = _trouble.Guard("find the place in", () => Expected(_starts.Of(_consumer.Assignment, position)));
            _polling.Forget();
            starts.ForEach(_places.GoesOnAt);
            _trouble.Guard("go to the place in", () => starts.ForEach(_consumer.Seek));
        }
    }

    /// <summary>
    /// No message is read any more. A group sends away who does not poll for some minutes: this does it until it is disposed
    /// of, so that what was handed on can be committed, however late.
    /// </summary>
    public void Stay() => _staying = Task.Run(() =>
    {
        while (!_leaving.IsCancellationRequested)
        {
            _polling.Attend(_leaving.Token);
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
        new TopicLookup(_consumer, _options, _trouble, () => _polling.HoldBack(TimeSpan.Zero)).Partitions(cancellationToken);

    private void ThrowIfHopeless(CancellationToken cancellationToken)
    {
        _trouble.ThrowIfHopeless();
        if (_trouble.IsTopicMissing)
        {
            LookUp(cancellationToken);
            _trouble.Clear();
        }
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
    private void Taken(List<TopicPartitionOffset> partitions)
    {
        var taken = partitions.Select(partition => partition.TopicPartition).ToHashSet();
        _polling.Taken(taken);
        _isAssigned = false;
        _ends?.Forget(partitions);
        _places.Taken(partitions);
    }

    private bool IsAtEnd()
    {
        if (_ends is null)
        {
            return false;
        }

        lock (_polling.Turn)
        {
            return _isAssigned && _polling.IsNothingHeldBack && _ends.AreAllReached;
        }
    }

    private List<TopicPartitionOffset> Commit(List<TopicPartitionOffset> places, CancellationToken cancellationToken) =>
        _trouble.Guard($"commit the place of group {_options.Group} in", () => _commits.Commit(places, cancellationToken));

    private void Hear(CancellationToken cancellationToken)
    {
        _polling.Attend(cancellationToken);
        _trouble.ThrowIfHopeless();
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
                    _trouble.Guard("find where to start", () => Assigned(_places.Assigned(partitions, _groupStarts.Of, _groupStarts.Committed))))
                .SetPartitionsRevokedHandler((_, partitions) => Taken(partitions))
                .SetPartitionsLostHandler((_, partitions) => Taken(partitions))
                .Build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, $"Cannot read alerts: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
