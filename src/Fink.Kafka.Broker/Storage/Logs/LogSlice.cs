using System.Buffers;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Whole batches read from a log, in a pooled buffer that is given back when the slice is disposed.</summary>
internal sealed class LogSlice : IDisposable
{
    private byte[]? _buffer;

    public ErrorCode Error { get; init; }

    /// <summary>The first batch is the one that holds the offset asked for. Empty at the end of the log.</summary>
    public ReadOnlyMemory<byte> Records { get; private set; }

    public long HighWatermark { get; init; } = -1;

    public long LastStableOffset { get; init; } = -1;

    public long LogStartOffset { get; init; } = -1;

    /// <summary>Null unless only what is committed was asked for.</summary>
    public IReadOnlyList<AbortedTransaction>? AbortedTransactions { get; set; }

    /// <summary>The buffer is the slice's from now on.</summary>
    public LogSlice Holding(byte[] buffer, int start, int length)
    {
        _buffer = buffer;
        Records = buffer.AsMemory(start, length);
        return this;
    }

    public void Dispose()
    {
        Records = default;
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer) ArrayPool<byte>.Shared.Return(buffer);
    }
}
