using System.Buffers;
using System.Buffers.Binary;
using Snappier;

namespace Fink.Kafka.Broker.Compression;

/// <summary>
/// Java's clients pack snappy in the frame of the library that they use: 8 bytes of magic, int32 version, int32 oldest compatible
/// version, then blocks with an int32 length. librdkafka packs one bare block. Both are read; the frame is written.
/// </summary>
internal static class XerialSnappy
{
    private const int HeaderLength = 16;
    private const int BlockSize = 32 * 1024;

    /// <summary>Snappy's best element makes 64 bytes of 3.</summary>
    private const int LargestRatio = 22;

    private static ReadOnlySpan<byte> Magic => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];

    public static void Decompress(ReadOnlySpan<byte> packed, BoundedBuffer destination)
    {
        if (!packed.StartsWith(Magic))
        {
            DecompressBlock(packed, destination);
            return;
        }

        while (!packed.IsEmpty)
        {
            if (packed.StartsWith(Magic))
            {
                packed = Take(packed, HeaderLength, out _);
                continue;
            }

            packed = Take(packed, sizeof(int), out var length);
            packed = Take(packed, BinaryPrimitives.ReadInt32BigEndian(length), out var block);
            DecompressBlock(block, destination);
        }
    }

    public static void Compress(ReadOnlySpan<byte> records, IBufferWriter<byte> destination)
    {
        var header = destination.GetSpan(HeaderLength);
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header[8..], 1);
        BinaryPrimitives.WriteInt32BigEndian(header[12..], 1);
        destination.Advance(HeaderLength);
        while (!records.IsEmpty)
        {
            var block = records[..Math.Min(records.Length, BlockSize)];
            records = records[block.Length..];
            var room = destination.GetSpan(sizeof(int) + Snappy.GetMaxCompressedLength(block.Length));
            var length = Snappy.Compress(block, room[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(room, length);
            destination.Advance(sizeof(int) + length);
        }
    }

    private static void DecompressBlock(ReadOnlySpan<byte> block, BoundedBuffer destination)
    {
        var claimed = Snappy.GetUncompressedLength(block);
        if (claimed > destination.Left) throw destination.TooLarge();
        if (claimed < 0 || claimed > (long)block.Length * LargestRatio)
        {
            throw new InvalidDataException($"a block of {block.Length} bytes cannot hold the {claimed} that it claims");
        }

        if (claimed > 0) destination.Advance(Snappy.Decompress(block, destination.GetSpan(claimed)));
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int length, out ReadOnlySpan<byte> taken)
    {
        if (length < 0 || length > bytes.Length) throw new InvalidDataException("a block is longer than what is left");
        taken = bytes[..length];
        return bytes[length..];
    }
}
