using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>What of a loaded log may be shown, and to whom. Used under the lock of its <see cref="PartitionLog"/>.</summary>
internal readonly struct VisibleRange(LogContents contents, FlushPolicy policy)
{
    public long HighWatermark => policy == FlushPolicy.Always ? contents.FlushedEnd : contents.EndOffset;

    public long LastStableOffset => Math.Min(contents.Producers.FirstOpenOffset ?? long.MaxValue, HighWatermark);

    public long LimitOf(IsolationLevel isolation) =>
        isolation == IsolationLevel.ReadCommitted ? LastStableOffset : HighWatermark;

    public bool IsOutOfRange(long offset) => offset < contents.LogStartOffset || offset > contents.EndOffset;

    /// <summary>What is said of the log to a reader at an offset, without the records.</summary>
    public LogSlice SliceAt(long offset, IsolationLevel isolation) => new()
    {
        Error = IsOutOfRange(offset) ? ErrorCode.OffsetOutOfRange : ErrorCode.None,
        HighWatermark = HighWatermark,
        LastStableOffset = LastStableOffset,
        LogStartOffset = contents.LogStartOffset,
        AbortedTransactions =
            isolation == IsolationLevel.ReadCommitted ? contents.Producers.AbortedIn(offset, LimitOf(isolation)) : null,
    };
}
