namespace Fink.Kafka.Protocol;

/// <summary>
/// Record batches that a fetch is answered with, one behind the other: in memory, or in a file that is read while the answer is sent,
/// so that an answer takes no more memory than the piece of it that is under way.
/// </summary>
public abstract class RecordBytes
{
    /// <summary>No batch.</summary>
    public static RecordBytes None { get; } = Of(ReadOnlyMemory<byte>.Empty);

    /// <summary>In bytes; does not change.</summary>
    public abstract int Length { get; }

    public static RecordBytes Of(ReadOnlyMemory<byte> bytes) => new InMemory(bytes);

    /// <summary>Fills the destination with the bytes from a position on, all of which must be there.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public abstract void CopyTo(int position, Span<byte> destination);

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(0, bytes);
        return bytes;
    }

    private sealed class InMemory(ReadOnlyMemory<byte> bytes) : RecordBytes
    {
        public override int Length => bytes.Length;

        public override void CopyTo(int position, Span<byte> destination) => bytes.Span.Slice(position, destination.Length).CopyTo(destination);
    }
}
