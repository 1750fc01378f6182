using System.Buffers.Binary;

namespace Fink.Distribution.Messages;

/// <summary>
/// The hash by which Apache Kafka's Java clients pick a partition (<c>org.apache.kafka.common.utils.Utils.murmur2</c>), so
/// that whoever else writes by object id puts an object where we do.
/// </summary>
internal static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint M = 0x5bd1e995;
    private const int R = 24;

    public static int Partition(ReadOnlySpan<byte> key, int partitions) => (int)(Hash(key) & 0x7fffffff) % partitions;

    public static uint Hash(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        var tail = data.Length & ~3;
        for (var i = 0; i < tail; i += sizeof(uint))
        {
            var k = BinaryPrimitives.ReadUInt32LittleEndian(data[i..]) * M;
            k ^= k >> R;
            hash = (hash * M) ^ (k * M);
        }

        if (tail < data.Length)
        {
            for (var i = data.Length - 1; i >= tail; i--)
            {
                hash ^= (uint)data[i] << (8 * (i - tail));
            }

            hash *= M;
        }

        hash = (hash ^ (hash >> 13)) * M;
        return hash ^ (hash >> 15);
    }
}
