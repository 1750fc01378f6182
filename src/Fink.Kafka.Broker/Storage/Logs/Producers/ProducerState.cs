using System.Collections.Immutable;

namespace Fink.Kafka.Broker.Storage.Logs.Producers;

/// <summary>What one producer appended last, as far as it takes to know its batches again.</summary>
internal sealed class ProducerState(long producerId)
{
    /// <summary>As many as an idempotent client has in flight.</summary>
    private const int KeptBatches = 5;

    private readonly Queue<SequencedBatch> _recent = new(KeptBatches);

    public long ProducerId => producerId;

    public short Epoch { get; private set; } = -1;

    public int LastSequence { get; private set; } = -1;

    /// <summary>Of the records.</summary>
    public long LastTimestamp { get; private set; } = -1;

    /// <summary>By this machine's clock.</summary>
    public long LastSeenMs { get; private set; }

    public int CoordinatorEpoch { get; private set; } = -1;

    /// <summary>-1 outside a transaction.</summary>
    public long TransactionStart { get; private set; } = -1;

    public bool IsInTransaction => TransactionStart >= 0;

    public static ProducerState From(ProducerSnapshot snapshot)
    {
        var state = new ProducerState(snapshot.ProducerId)
        {
            Epoch = snapshot.Epoch,
            LastSequence = snapshot.LastSequence,
            LastTimestamp = snapshot.LastTimestamp,
            LastSeenMs = snapshot.LastSeenMs,
            CoordinatorEpoch = snapshot.CoordinatorEpoch,
            TransactionStart = snapshot.TransactionStart,
        };
        foreach (var batch in snapshot.Recent) state._recent.Enqueue(batch);

        return state;
    }

    public ProducerSnapshot Snapshot() => new(
        ProducerId, Epoch, LastSequence, LastTimestamp, LastSeenMs, CoordinatorEpoch, TransactionStart, [.. _recent]);

    public bool TryFind(int firstSequence, int lastSequence, out long baseOffset)
    {
        foreach (var batch in _recent)
        {
            if (batch.FirstSequence != firstSequence || batch.LastSequence != lastSequence) continue;

            baseOffset = batch.BaseOffset;
            return true;
        }

        baseOffset = -1;
        return false;
    }

    public void Appended(short epoch, SequencedBatch batch, long timestamp, long nowMs, bool inTransaction)
    {
        Enter(epoch);
        if (_recent.Count == KeptBatches) _recent.Dequeue();
        _recent.Enqueue(batch);
        (LastSequence, LastTimestamp, LastSeenMs) = (batch.LastSequence, timestamp, nowMs);
        if (inTransaction && !IsInTransaction) TransactionStart = batch.BaseOffset;
    }

    public void TransactionEnded(short epoch, int coordinatorEpoch, long timestamp, long nowMs)
    {
        Enter(epoch);
        (CoordinatorEpoch, LastTimestamp, LastSeenMs, TransactionStart) = (coordinatorEpoch, timestamp, nowMs, -1);
    }

    private void Enter(short epoch)
    {
        if (epoch == Epoch) return;

        (Epoch, LastSequence) = (epoch, -1);
        _recent.Clear();
    }
}

internal readonly record struct SequencedBatch(int FirstSequence, int LastSequence, long BaseOffset);

internal sealed record ProducerSnapshot(
    long ProducerId,
    short Epoch,
    int LastSequence,
    long LastTimestamp,
    long LastSeenMs,
    int CoordinatorEpoch,
    long TransactionStart,
    ImmutableArray<SequencedBatch> Recent);
