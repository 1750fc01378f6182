using System.Buffers;
using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;

namespace Fink.Kafka.Broker.Compression;

/// <summary>The LZ4 frame, with the header checksum as its specification has it (batches of magic 2 have no other).</summary>
internal static class Lz4
{
    private const int Block = 64 * 1024;

    public static void Decompress(ReadOnlyMemory<byte> packed, BoundedBuffer destination) =>
        LZ4Frame.Decode(packed.Span, destination);

    public static void Compress(ReadOnlySpan<byte> records, IBufferWriter<byte> destination) =>
        LZ4Frame.Encode(
            records,
            destination,
            new LZ4EncoderSettings { BlockSize = Block, ChainBlocks = false, CompressionLevel = LZ4Level.L00_FAST });
}
