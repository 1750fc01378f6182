using Confluent.Kafka;

namespace Fink.Client.Decoding;

/// <summary>
/// Gives the same array for the same key: a schema of some kilobytes comes with every message, and is copied out of the
/// client library once.
/// </summary>
internal sealed class KnownKeys : IDeserializer<byte[]?>
{
    // A topic has one schema for each rule and version: more than this many is no such topic, and starts afresh.
    private const int Capacity = 64;

    private readonly HashSet<byte[]> _keys = new(KeyBytes.Comparer);
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public KnownKeys() => _lookup = _keys.GetAlternateLookup<ReadOnlySpan<byte>>();

    public byte[]? Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (isNull)
        {
            return null;
        }

        if (_lookup.TryGetValue(data, out var known))
        {
            return known;
        }

        if (_keys.Count == Capacity)
        {
            _keys.Clear();
        }

        var key = data.ToArray();
        _keys.Add(key);
        return key;
    }
}
