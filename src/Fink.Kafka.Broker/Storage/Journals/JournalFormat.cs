using System.Buffers.Binary;
using System.Diagnostics;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>
/// A header ("FKJL", int16 format version, int16 0), then entries: [int32 length][uint32 CRC32C][type][version][payload],
/// big-endian; length and CRC are of what follows them. The type's highest bit says that all entries before this one
/// had been flushed when it was written.
/// </summary>
internal static class JournalFormat
{
    public const short Version = 1;
    public const int HeaderLength = 8;
    public const int EntryOverhead = 10;
    public const byte FlushedBefore = 0x80;
    public const int LongestEntry = 64 * 1024 * 1024;

    private const uint Magic = 0x464B_4A4C;
    private const int Prefix = 8;

    public static void WriteHeader(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Magic);
        BinaryPrimitives.WriteInt16BigEndian(destination[4..], Version);
        BinaryPrimitives.WriteInt16BigEndian(destination[6..], 0);
    }

    public static bool IsJournal(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header) == Magic;

    /// <exception cref="StorageException">It is of a newer format.</exception>
    public static void CheckVersion(ReadOnlySpan<byte> header, string path)
    {
        var version = BinaryPrimitives.ReadInt16BigEndian(header[4..]);
        if (version != Version)
        {
            throw new StorageException(
                $"{path} has format version {version}; this broker reads version {Version}. Use the version that wrote it.");
        }
    }

    public static int WriteEntry(Span<byte> destination, byte type, byte version, ReadOnlySpan<byte> payload)
    {
        Debug.Assert(payload.Length <= LongestEntry - 2);
        var body = destination.Slice(Prefix, 2 + payload.Length);
        body[0] = type;
        body[1] = version;
        payload.CopyTo(body[2..]);
        BinaryPrimitives.WriteInt32BigEndian(destination, body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Crc32C.Of(body));
        return Prefix + body.Length;
    }

    /// <returns>The whole entry's length, or 0 when no sound entry begins here.</returns>
    public static int SoundEntry(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < EntryOverhead)
        {
            return 0;
        }
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (length < 2 || length > bytes.Length - Prefix || length > LongestEntry)
        {
            return 0;
        }
        var crc = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        return Crc32C.Of(bytes.Slice(Prefix, length)) == crc ? Prefix + length : 0;
    }

    /// <summary>Whether an entry begins here whose length goes beyond the end, or not even a whole length and CRC.</summary>
    public static bool IsHalfWritten(ReadOnlySpan<byte> rest) =>
        rest.Length < EntryOverhead
        || (BinaryPrimitives.ReadInt32BigEndian(rest) is var length and <= LongestEntry && length > rest.Length - Prefix);

    public static (byte Type, byte Version) Kind(ReadOnlySpan<byte> entry) =>
        ((byte)(entry[Prefix] & ~FlushedBefore), entry[Prefix + 1]);

    public static bool SaysFlushedBefore(ReadOnlySpan<byte> entry) => (entry[Prefix] & FlushedBefore) != 0;

    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> entry) => entry[EntryOverhead..];
}
