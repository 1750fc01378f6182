using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Whole batches of a log, read when they are sent. The segment's file stays open until the slice is disposed, which empties it.</summary>
internal sealed class LogSlice : RecordBytes, IDisposable
{
    private Stretch? _stretch;

    public ErrorCode Error { get; init; }

    /// <summary>The first batch is the one that holds the offset asked for. Empty at the end of the log.</summary>
    public override int Length => _stretch?.Length ?? 0;

    public long HighWatermark { get; init; } = -1;

    public long LastStableOffset { get; init; } = -1;

    public long LogStartOffset { get; init; } = -1;

    /// <summary>Null unless only what is committed was asked for.</summary>
    public IReadOnlyList<AbortedTransaction>? AbortedTransactions { get; init; }

    /// <param name="reader">What its segment says counts.</param>
    /// <param name="start">Where in the segment the first batch begins.</param>
    /// <param name="length">In bytes.</param>
    /// <param name="access">Is told when the file cannot be read.</param>
    /// <exception cref="ObjectDisposedException">The segment is deleted.</exception>
    public void Hold(LogReader reader, long start, int length, LogAccess access)
    {
        reader.File.Share();
        _stretch = new Stretch(reader, start, length, access);
    }

    public override void CopyTo(int position, Span<byte> destination)
    {
        if (destination.IsEmpty) return;

        var stretch = _stretch ?? throw new ObjectDisposedException(nameof(LogSlice));
        try
        {
            stretch.Reader.Fill(stretch.Start + position, destination);
        }
        catch (IOException e)
        {
            stretch.Access.Failed(e);
            throw;
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _stretch, null)?.Reader.File.Dispose();

    private sealed record Stretch(LogReader Reader, long Start, int Length, LogAccess Access);
}
