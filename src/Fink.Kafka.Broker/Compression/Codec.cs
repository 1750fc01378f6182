using System.Buffers;

namespace Fink.Kafka.Broker.Compression;

/// <summary>What comes after a batch's header: its records, packed and unpacked as Kafka's clients do.</summary>
internal static class Codec
{
    /// <exception cref="CompressionException">The bytes are not of this codec, or unpack to more than the destination takes.</exception>
    public static void Decompress(CompressionType type, ReadOnlyMemory<byte> packed, BoundedBuffer destination)
    {
        try
        {
            switch (type)
            {
                case CompressionType.None:
                    if (packed.Length > destination.Left) throw destination.TooLarge();
                    destination.Write(packed.Span);
                    break;
                case CompressionType.Gzip:
                    Gzip.Decompress(packed, destination);
                    break;
                case CompressionType.Snappy:
                    XerialSnappy.Decompress(packed.Span, destination);
                    break;
                case CompressionType.Lz4:
                    Lz4.Decompress(packed, destination);
                    break;
                case CompressionType.Zstd:
                    Zstd.Decompress(packed.Span, destination);
                    break;
                default:
                    throw new CompressionException($"There is no compression type {(byte)type}.");
            }
        }
        catch (Exception e) when (IsOfACodec(e))
        {
            throw new CompressionException($"The records are not sound {type}: {e.Message}", e);
        }
    }

    public static void Compress(CompressionType type, ReadOnlySpan<byte> records, IBufferWriter<byte> destination)
    {
        switch (type)
        {
            case CompressionType.None:
                destination.Write(records);
                break;
            case CompressionType.Gzip:
                Gzip.Compress(records, destination);
                break;
            case CompressionType.Snappy:
                XerialSnappy.Compress(records, destination);
                break;
            case CompressionType.Lz4:
                Lz4.Compress(records, destination);
                break;
            case CompressionType.Zstd:
                Zstd.Compress(records, destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "no such compression type");
        }
    }

    /// <summary>What the libraries throw at bytes that somebody made up; all of it is the sender's fault.</summary>
    private static bool IsOfACodec(Exception e) => e is
        InvalidDataException or ArgumentException or InvalidOperationException or NotSupportedException or NotImplementedException
        or IndexOutOfRangeException or OverflowException or EndOfStreamException or ZstdSharp.ZstdException
        && e is not ObjectDisposedException;
}
