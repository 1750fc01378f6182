using System.Buffers.Binary;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Broker.Storage.Logs.Segments;

/// <summary>
/// "FKIX", int16 version, int16 0, int64 covered length of the segment, then entries of int32 relative offset, int64
/// position, int64 greatest time before it; at the end the CRC32C of all of it. Big-endian. It only saves time: a file
/// that is missing, damaged or of another version is made again from the segment.
/// </summary>
internal static class IndexFile
{
    private const uint Magic = 0x464B_4958;
    private const short Version = 1;
    private const int HeaderLength = 16;
    private const int EntryLength = 20;
    private const int CrcLength = sizeof(uint);

    public static void Write(IDisk disk, string path, OffsetIndex index, long coveredLength)
    {
        var entries = index.Entries;
        var bytes = new byte[HeaderLength + (EntryLength * entries.Length) + CrcLength];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Magic);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), coveredLength);
        var rest = bytes.AsSpan(HeaderLength);
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, entry.RelativeOffset);
            BinaryPrimitives.WriteInt64BigEndian(rest[4..], entry.Position);
            BinaryPrimitives.WriteInt64BigEndian(rest[12..], entry.MaxTimestampBefore);
            rest = rest[EntryLength..];
        }

        BinaryPrimitives.WriteUInt32BigEndian(rest, Crc32C.Of(bytes.AsSpan(..^CrcLength)));
        using var file = disk.Open(path, DiskOpen.CreateOrReplace);
        file.WriteAt(0, bytes);
    }

    /// <returns>The length that the index covers; 0, with nothing added, where it is of no use.</returns>
    public static long Read(IDisk disk, string path, OffsetIndex index, long segmentLength)
    {
        using var file = Open(disk, path);
        if (file?.Length is null or < HeaderLength + CrcLength or > int.MaxValue) return 0;

        var bytes = new byte[file.Length];
        if (file.ReadAt(0, bytes) < bytes.Length || !IsSound(bytes)) return 0;

        var covered = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8));
        if (covered < 0 || covered > segmentLength) return 0;

        for (ReadOnlySpan<byte> rest = bytes.AsSpan(HeaderLength..^CrcLength); !rest.IsEmpty; rest = rest[EntryLength..])
        {
            index.Add(new(
                BinaryPrimitives.ReadInt32BigEndian(rest),
                BinaryPrimitives.ReadInt64BigEndian(rest[4..]),
                BinaryPrimitives.ReadInt64BigEndian(rest[12..])));
        }

        return covered;
    }

    /// <summary>Null where there is none: readers come outside the log's lock, while retention may delete it.</summary>
    private static IDiskFile? Open(IDisk disk, string path)
    {
        if (!disk.FileExists(path)) return null;

        try
        {
            return disk.Open(path, DiskOpen.Existing);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsSound(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes) == Magic
        && BinaryPrimitives.ReadInt16BigEndian(bytes[4..]) == Version
        && (bytes.Length - HeaderLength - CrcLength) % EntryLength == 0
        && BinaryPrimitives.ReadUInt32BigEndian(bytes[^CrcLength..]) == Crc32C.Of(bytes[..^CrcLength]);
}
