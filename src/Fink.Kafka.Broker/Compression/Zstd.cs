using System.Buffers;
using ZstdSharp;

namespace Fink.Kafka.Broker.Compression;

internal static class Zstd
{
    private const int SmallestGuess = 64 * 1024;
    private const int LikelyRatio = 4;

    /// <summary>
    /// In one go and not as a stream: a stream keeps a window as large as the frame's header claims, this needs none. As the header
    /// may not say how much comes out, a guess grows until it fits.
    /// </summary>
    public static void Decompress(ReadOnlySpan<byte> packed, BoundedBuffer destination)
    {
        using var decompressor = new Decompressor();
        var atMost = Math.Min(Decompressor.GetDecompressedSize(packed), (ulong)destination.Left);
        for (var size = Math.Max((long)packed.Length * LikelyRatio, SmallestGuess); ; size *= 2)
        {
            var isLast = (ulong)size >= atMost;
            var room = destination.GetSpan((int)(isLast ? atMost : (ulong)size));
            if (decompressor.TryUnwrap(packed, room, out var written))
            {
                destination.Advance(written);
                return;
            }

            if (isLast) throw destination.TooLarge();
        }
    }

    public static void Compress(ReadOnlySpan<byte> records, IBufferWriter<byte> destination)
    {
        using var compressor = new Compressor();
        destination.Advance(compressor.Wrap(records, destination.GetSpan(Compressor.GetCompressBound(records.Length))));
    }
}
