using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage.Logs.Segments;

/// <summary>
/// A segment's open file, held by the segment and by every answer that is being sent from it: closed when the last of them lets go, so
/// that a segment may be deleted while a slow client reads it.
/// </summary>
internal sealed class SharedFile(IDiskFile file) : IDiskFile
{
    private int _holders = 1;

    public long Length => file.Length;

    /// <summary>One more holder, who disposes it once.</summary>
    /// <exception cref="ObjectDisposedException">Nobody held it any more.</exception>
    public SharedFile Share()
    {
        for (var holders = Volatile.Read(ref _holders); ;)
        {
            ObjectDisposedException.ThrowIf(holders == 0, this);
            var before = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (before == holders) return this;

            holders = before;
        }
    }

    public int ReadAt(long position, Span<byte> destination) => file.ReadAt(position, destination);

    public void WriteAt(long position, ReadOnlySpan<byte> bytes) => file.WriteAt(position, bytes);

    public void SetLength(long length) => file.SetLength(length);

    public void Flush() => file.Flush();

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0) file.Dispose();
    }
}
