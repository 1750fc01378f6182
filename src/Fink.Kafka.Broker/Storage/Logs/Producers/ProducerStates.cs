using System.Buffers.Binary;
using System.Collections.Immutable;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Producers;

/// <summary>The producers of a partition: which batches are repeated or out of order, and which transactions are open or were aborted.</summary>
internal sealed class ProducerStates(IEnumerable<ProducerSnapshot> known, IEnumerable<AbortedRange> aborted)
{
    private readonly Dictionary<long, ProducerState> _byId =
        known.ToDictionary(snapshot => snapshot.ProducerId, ProducerState.From);

    private readonly SortedSet<long> _openStarts =
        [.. known.Select(snapshot => snapshot.TransactionStart).Where(start => start >= 0)];

    private readonly List<AbortedRange> _aborted = [.. aborted];

    /// <summary>Null while no transaction is open.</summary>
    public long? FirstOpenOffset => _openStarts.Count == 0 ? null : _openStarts.Min;

    public ImmutableArray<AbortedRange> Aborted => [.. _aborted];

    public ImmutableArray<ProducerSnapshot> Snapshot() => [.. _byId.Values.Select(state => state.Snapshot())];

    /// <summary>May the batch be appended; and if it was before, where.</summary>
    public ProducerVerdict Check(in RecordBatch batch)
    {
        if (!batch.HasProducer || !_byId.TryGetValue(batch.ProducerId, out var state)) return new(ErrorCode.None);

        if (batch.Attributes.IsControl)
        {
            return new(batch.ProducerEpoch < state.Epoch ? ErrorCode.InvalidProducerEpoch : ErrorCode.None);
        }

        if (batch.ProducerEpoch < state.Epoch) return new(ErrorCode.InvalidProducerEpoch);

        if (batch.ProducerEpoch > state.Epoch)
        {
            return new(batch.BaseSequence == 0 || state.Epoch < 0 ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber);
        }

        if (state.TryFind(batch.BaseSequence, batch.LastSequence, out var offset)) return new(ErrorCode.None, offset);

        if (batch.BaseSequence != ((state.LastSequence + 1) & int.MaxValue)) return new(ErrorCode.OutOfOrderSequenceNumber);

        return new(state.IsInTransaction && !batch.Attributes.IsTransactional ? ErrorCode.InvalidTxnState : ErrorCode.None);
    }

    /// <summary>The batch is in the log, with its offset set.</summary>
    public void Note(in RecordBatch batch, long nowMs)
    {
        if (!batch.HasProducer) return;

        if (!_byId.TryGetValue(batch.ProducerId, out var state)) _byId[batch.ProducerId] = state = new(batch.ProducerId);
        var wasInTransaction = state.IsInTransaction;
        if (batch.Attributes.IsControl)
        {
            EndTransaction(batch, state, nowMs);
            return;
        }

        state.Appended(
            batch.ProducerEpoch,
            new(batch.BaseSequence, batch.LastSequence, batch.BaseOffset),
            batch.MaxTimestamp,
            nowMs,
            batch.Attributes.IsTransactional);
        if (state.IsInTransaction && !wasInTransaction) _openStarts.Add(state.TransactionStart);
    }

    public IReadOnlyList<ProducerDescription> Describe() =>
    [
        .. _byId.Values.Select(state => new ProducerDescription(
            state.ProducerId,
            state.Epoch,
            state.LastSequence,
            state.LastTimestamp,
            state.CoordinatorEpoch,
            state.TransactionStart)),
    ];

    public void Expire(long silentSinceMs)
    {
        foreach (var (id, state) in _byId)
        {
            if (!state.IsInTransaction && state.LastSeenMs < silentSinceMs) _byId.Remove(id);
        }
    }

    public void ForgetAbortedBefore(long logStart) => _aborted.RemoveAll(range => range.LastOffset < logStart);

    /// <summary>Those with a record in the range, in the order of their markers.</summary>
    public IReadOnlyList<AbortedTransaction> AbortedIn(long from, long end) =>
    [
        .. _aborted
            .Where(range => range.LastOffset >= from && range.FirstOffset < end)
            .Select(range => new AbortedTransaction(range.ProducerId, range.FirstOffset)),
    ];

    private void EndTransaction(in RecordBatch marker, ProducerState state, long nowMs)
    {
        if (!TransactionMarker.TryRead(marker, out var read)) return;

        if (state.IsInTransaction)
        {
            _openStarts.Remove(state.TransactionStart);
            if (!read.IsCommit) _aborted.Add(new(marker.ProducerId, state.TransactionStart, marker.LastOffset));
        }

        state.TransactionEnded(marker.ProducerEpoch, read.CoordinatorEpoch, marker.MaxTimestamp, nowMs);
    }
}

/// <param name="DuplicateOf">The first offset of the same batch, appended before; -1 for a new one.</param>
internal readonly record struct ProducerVerdict(ErrorCode Error, long DuplicateOf = -1)
{
    public bool IsDuplicate => DuplicateOf >= 0;
}

/// <summary>A transaction that was aborted; its marker is at the last offset.</summary>
internal readonly record struct AbortedRange(long ProducerId, long FirstOffset, long LastOffset);

/// <summary>The one record of a control batch: how a transaction ended, and by whose word.</summary>
internal readonly record struct TransactionMarker(bool IsCommit, int CoordinatorEpoch)
{
    public static bool TryRead(in RecordBatch batch, out TransactionMarker marker)
    {
        marker = default;
        var records = new RecordReader(batch.Records, batch.RecordCount);
        if (!records.TryRead(out var record) || record.Key.Length < 4 || record.Value.Length < 6) return false;

        var type = BinaryPrimitives.ReadInt16BigEndian(record.Key[2..]);
        marker = new(type == 1, BinaryPrimitives.ReadInt32BigEndian(record.Value[2..]));
        return type is 0 or 1;
    }
}
