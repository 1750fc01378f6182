using Confluent.Kafka;
using Fink.Kafka;
using Fink.Kafka.Clients;

namespace Fink.Distribution.WorkLists;

/// <summary>
/// A worker of the job's consumer group. While another has the slices it waits, and takes over what is left when that one
/// leaves. Slices are given out on one thread and committed on another.
/// </summary>
internal sealed class GroupWork : IWorkQueue, ISliceCommit, IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestSlice = TimeSpan.FromHours(6);

    /// <summary>The shortest that brokers allow: so long a worker that was killed holds its slices.</summary>
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan LongestRevocation = TimeSpan.FromMinutes(3);

    /// <summary>A group without another member assigns its partitions sooner than this.</summary>
    private static readonly TimeSpan LongestJoin = TimeSpan.FromSeconds(4);

    private readonly IWorkLog _log;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ClientWatch _watch;
    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly Action<bool> _onWaiting;
    private readonly WorkLedger _ledger = new();
    private bool _isClosing;
    private bool _hasSlices;
    private bool _isTurnNew = true;
    private DateTimeOffset _lastHeard = DateTimeOffset.MinValue;

    /// <param name="connection">The cluster.</param>
    /// <param name="name">Of topic and group.</param>
    /// <param name="log">The topic, to read it back.</param>
    /// <param name="onWaiting">Told whether another worker has the slices.</param>
    /// <param name="time">The clock.</param>
    public GroupWork(KafkaConnection connection, string name, IWorkLog log, Action<bool> onWaiting, TimeProvider time)
    {
        (_name, _log, _onWaiting, _time) = (name, log, onWaiting, time);
        _watch = new ClientWatch(connection);
        var config = new ConsumerConfig(connection.ToClientConfig())
        {
            GroupId = name,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = KafkaWorkLog.FetchWaitMs,
            FetchErrorBackoffMs = KafkaWorkLog.FetchWaitMs,
            SessionTimeoutMs = (int)SessionTimeout.TotalMilliseconds,
            HeartbeatIntervalMs = (int)SessionTimeout.TotalMilliseconds / 4,
            MaxPollIntervalMs = (int)LongestSlice.TotalMilliseconds,
        };
        _consumer = new ConsumerBuilder<Ignore, byte[]>(config)
            .SetErrorHandler((_, error) => _watch.OnError(error)).SetLogHandler((_, message) => _watch.OnLog(message))
            .SetPartitionsAssignedHandler((_, partitions) => Assign(partitions))
            .SetPartitionsRevokedHandler((_, _) => Revoke())
            .SetPartitionsLostHandler((_, _) => EndTurn())
            .Build();
        _consumer.Subscribe(name);
    }

    /// <exception cref="KafkaOperationException">The group cannot be joined or the list not be read.</exception>
    public async Task<PlannedSlice?> NextAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetUtcNow();
        var nextLook = began;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Consume() is not { } result)
            {
                if (!_hasSlices && _time.GetUtcNow() >= nextLook)
                {
                    nextLook = _time.GetUtcNow().AddSeconds(1);
                    if (IsWorkedOff())
                    {
                        return null;
                    }

                    if (_time.GetUtcNow() - began > LongestJoin)
                    {
                        _onWaiting(true);
                    }
                }

                continue;
            }

            if (result.Partition.Value == KafkaWorkLog.EndsPartition)
            {
                Follow(result);
                continue;
            }

            if (result.IsPartitionEOF)
            {
                return null;
            }

            _onWaiting(false);
            if (await TakeAsync(result, cancellationToken) is { } planned)
            {
                return planned;
            }
        }
    }

    /// <summary>Appends the ends to the list, then commits the group's offset past the slices. Without slices: past all that was read.</summary>
    /// <exception cref="KafkaOperationException">Not recorded; another worker or run will do the slices again.</exception>
    public async Task CommitAsync(IReadOnlyList<FinishedSlice> finished, CancellationToken cancellationToken)
    {
        if (finished.Count > 0)
        {
            List<WorkRecord> ends = [.. finished.Select(slice => WorkRecord.Of(slice, _time.GetUtcNow()))];
            _ledger.Recorded(ends, await _log.AppendAsync(ends, cancellationToken));
        }

        await CommitAsync(() => Offsets(_ledger.OffsetsBehind(finished)), cancellationToken);
        _ledger.Close(finished);
    }

    public void Dispose()
    {
        _isClosing = true;
        _consumer.Close();
        _consumer.Dispose();
        _ledger.Dispose();
    }

    private ConsumeResult<Ignore, byte[]>? Consume()
    {
        if (_watch.Hopeless.IsCompleted && _time.GetUtcNow() - _lastHeard > KafkaWorkLog.LongestSilence)
        {
            throw _watch.Explain(new Error(ErrorCode.Local_AllBrokersDown), $"take work from {_name}");
        }

        try
        {
            var result = _consumer.Consume(Step);
            _lastHeard = result is null ? _lastHeard : _time.GetUtcNow();
            return result;
        }
        catch (KafkaException e)
        {
            throw _watch.Explain(e, $"take work from {_name}");
        }
    }

    /// <summary>A group that is moving to another broker, or sharing its partitions out anew, takes no commit for a while.</summary>
    /// <param name="offsets">Asked anew at each try: the slices may have gone to another worker meanwhile.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task CommitAsync(Func<IReadOnlyList<TopicPartitionOffset>> offsets, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        while (offsets() is { Count: > 0 } known)
        {
            try
            {
                _consumer.Commit(known);
                return;
            }
            catch (KafkaException e) when (MayPass(e.Error.Code) && _time.GetElapsedTime(began) < KafkaWorkLog.LongestSilence)
            {
                await Task.Delay(Step, _time, cancellationToken);
            }
            catch (KafkaException e)
            {
                throw _watch.Explain(e, $"commit the progress of {_name}");
            }
        }
    }

    private static bool MayPass(ErrorCode code) => code is ErrorCode.RebalanceInProgress
        or ErrorCode.IllegalGeneration
        or ErrorCode.UnknownMemberId
        or ErrorCode.GroupLoadInProgress
        or ErrorCode.GroupCoordinatorNotAvailable
        or ErrorCode.NotCoordinatorForGroup
        or ErrorCode.RequestTimedOut
        or ErrorCode.Local_TimedOut
        or ErrorCode.Local_Transport
        or ErrorCode.Local_WaitCoord
        // It was asked of a broker that the cluster does not know any more.
        or ErrorCode.Local_DestroyBroker
        // Of a topic that was just made, or while no broker answers.
        or ErrorCode.Local_UnknownPartition
        or ErrorCode.Local_UnknownTopic
        or ErrorCode.LeaderNotAvailable
        or ErrorCode.UnknownTopicOrPart;

    /// <summary>The slice of a record, or null when it has ended already.</summary>
    private async Task<PlannedSlice?> TakeAsync(ConsumeResult<Ignore, byte[]> result, CancellationToken cancellationToken)
    {
        if (_isTurnNew)
        {
            _isTurnNew = false;
            _ledger.Learn(await _log.ReadAsync(cancellationToken));
            ShowBeginning(result.Offset.Value);
        }

        return _ledger.Take(WorkRecord.Parse(result.Message.Value, $"{_name} offset {result.Offset.Value}"), result.Offset.Value);
    }

    /// <summary>
    /// Commits where the group stands already, or where a new one begins: without an offset nobody sees what it lags behind.
    /// Nothing depends on it, so it is tried once.
    /// </summary>
    private void ShowBeginning(long offset)
    {
        try
        {
            _consumer.Commit(Offsets((offset, 0)));
        }
        catch (KafkaException e) when (MayPass(e.Error.Code))
        {
            // The first slice that ends says it.
        }
        catch (KafkaException e)
        {
            throw _watch.Explain(e, $"commit the progress of {_name}");
        }
    }

    private void Follow(ConsumeResult<Ignore, byte[]> result)
    {
        if (!result.IsPartitionEOF)
        {
            _ledger.Learn([WorkRecord.Parse(result.Message.Value, $"{_name} offset {result.Offset.Value}")]);
        }
    }

    private List<TopicPartitionOffset> Offsets((long Slices, long Ends)? behind)
    {
        var offsets = new List<TopicPartitionOffset>();
        if (behind is { } known)
        {
            offsets.Add(new TopicPartitionOffset(_name, KafkaWorkLog.SlicesPartition, known.Slices));
            if (known.Ends > 0)
            {
                offsets.Add(new TopicPartitionOffset(_name, KafkaWorkLog.EndsPartition, known.Ends));
            }
        }

        return offsets;
    }

    /// <summary>Whether the group's offset is past every slice of the list.</summary>
    private bool IsWorkedOff()
    {
        try
        {
            var slices = new TopicPartition(_name, KafkaWorkLog.SlicesPartition);
            var end = _consumer.QueryWatermarkOffsets(slices, TimeSpan.FromSeconds(10)).High;
            return _consumer.Committed([slices], TimeSpan.FromSeconds(10))[0].Offset is { IsSpecial: false } committed
                ? committed.Value >= end.Value
                : end.Value == 0;
        }
        catch (KafkaException e) when (MayPass(e.Error.Code))
        {
            return false;
        }
        catch (KafkaException e)
        {
            throw _watch.Explain(e, $"look at the progress of {_name}");
        }
    }

    private IEnumerable<TopicPartitionOffset> Assign(List<TopicPartition> partitions)
    {
        _hasSlices = partitions.Any(partition => partition.Partition.Value == KafkaWorkLog.SlicesPartition);
        _isTurnNew = true;
        return partitions.Select(partition => new TopicPartitionOffset(
            partition, partition.Partition.Value == KafkaWorkLog.EndsPartition ? Offset.End : Offset.Unset));
    }

    /// <summary>Slices that are under way are finished and committed first, for a while.</summary>
    private void Revoke()
    {
        if (!_isClosing)
        {
            _ledger.WaitUntilIdle(LongestRevocation);
        }

        EndTurn();
    }

    private void EndTurn()
    {
        _hasSlices = false;
        _ledger.EndTurn();
    }
}
