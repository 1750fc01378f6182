using System.Buffers;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fink.Kafka.Broker.Compression;

internal static class Gzip
{
    private const int Step = 16 * 1024;

    public static void Decompress(ReadOnlyMemory<byte> packed, BoundedBuffer destination)
    {
        using var source = AsStream(packed);
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        while (gzip.Read(destination.GetSpan(Step)) is var read and > 0) destination.Advance(read);
    }

    public static void Compress(ReadOnlySpan<byte> records, IBufferWriter<byte> destination)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(records);
        destination.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
