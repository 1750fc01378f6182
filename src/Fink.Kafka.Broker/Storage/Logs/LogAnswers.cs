using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Where the log start is after an attempt to delete what is before an offset.</summary>
internal readonly record struct DeleteRecordsResult(ErrorCode Error, long LogStartOffset);

/// <summary>The end of the greatest epoch that is not after the one asked for; both -1 where there is none.</summary>
internal readonly record struct EpochEnd(int Epoch, long EndOffset);

/// <summary>A record found by time. Offset and timestamp are -1 where there is none.</summary>
internal readonly record struct TimestampedOffset(ErrorCode Error, long Offset, long Timestamp, int LeaderEpoch)
{
    public static TimestampedOffset None { get; } = new(ErrorCode.None, -1, -1, -1);
}

/// <param name="LastSequence">-1 where nothing with a sequence was appended.</param>
/// <param name="CurrentTransactionStart">-1 outside a transaction.</param>
internal readonly record struct ProducerDescription(
    long ProducerId, short Epoch, int LastSequence, long LastTimestamp, int CoordinatorEpoch, long CurrentTransactionStart);

internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset);
