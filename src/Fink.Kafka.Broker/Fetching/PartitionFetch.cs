using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Fetching;

/// <summary>What one partition is asked for, and what its log gave when it was read last.</summary>
/// <param name="log">Null where there is none for this client, for the reason in <paramref name="missing"/>.</param>
internal struct PartitionFetch(PartitionLog? log, ErrorCode missing, FetchRequest.Partition asked, IsolationLevel isolation)
{
    private const int NotSaid = -1;

    private LogSlice? _slice;

    public readonly PartitionLog? Log => log;

    public ErrorCode Error { get; private set; } = missing;

    /// <summary>Where the client's records of its last epoch end here, if that is before the offset it asks for.</summary>
    public EpochEnd? Diverging { get; private set; }

    public readonly int Bytes => _slice?.Length ?? 0;

    /// <summary>Whether there is something to tell besides records, which nobody waits with.</summary>
    public readonly bool IsDecided => Error != ErrorCode.None || Diverging is not null;

    public void Read(int maxBytes, bool atLeastOneBatch)
    {
        Release();
        if (log is null) return;

        Error = LeaderEpochs.Check(asked.CurrentLeaderEpoch, log.LeaderEpoch);
        if (Error == ErrorCode.None) FindDivergence(log);
        if (IsDecided) return;

        _slice = log.Read(asked.FetchOffset, Math.Clamp(asked.PartitionMaxBytes, 0, maxBytes), atLeastOneBatch, isolation);
        Error = _slice.Error;
    }

    /// <summary>How much <see cref="Read"/> could give, never fewer bytes than there are; -1 where it would find an error. Cheap.</summary>
    public readonly long BytesAtMost() =>
        log is null ? 0 : Math.Min(asked.PartitionMaxBytes, log.BytesFrom(asked.FetchOffset, isolation));

    public void Fail(ErrorCode error)
    {
        Release();
        Error = error;
    }

    /// <summary>Its records are read when it is sent, which has to be before <see cref="Release"/>.</summary>
    public readonly FetchResponse.Partition ToAnswer()
    {
        var answer = new FetchResponse.Partition { PartitionIndex = asked.PartitionIndex, ErrorCode = Error, HighWatermark = -1 };
        if (Diverging is { } end && log is not null)
        {
            answer.DivergingEpoch = new FetchResponse.EpochEndOffset { Epoch = end.Epoch, EndOffset = end.EndOffset };
            (answer.HighWatermark, answer.LogStartOffset) = (log.HighWatermark, log.LogStartOffset);
        }

        if (Error != ErrorCode.None || _slice is null) return answer;

        answer.HighWatermark = _slice.HighWatermark;
        answer.LastStableOffset = _slice.LastStableOffset;
        answer.LogStartOffset = _slice.LogStartOffset;
        answer.AbortedTransactions = _slice.AbortedTransactions is { } aborted ? [.. aborted.Select(Mapped)] : null;
        answer.Records = _slice;
        return answer;
    }

    public void Release()
    {
        _slice?.Dispose();
        _slice = null;
    }

    private static FetchResponse.AbortedTransaction Mapped(AbortedTransaction transaction) =>
        new() { ProducerId = transaction.ProducerId, FirstOffset = transaction.FirstOffset };

    private void FindDivergence(PartitionLog log)
    {
        Diverging = null;
        if (asked.LastFetchedEpoch == NotSaid) return;

        var end = log.EndOffsetOf(asked.LastFetchedEpoch);
        if (end.EndOffset < 0) Error = ErrorCode.OffsetOutOfRange;
        else if (end.Epoch < asked.LastFetchedEpoch || end.EndOffset < asked.FetchOffset) Diverging = end;
    }
}
