using Fink.Kafka.Broker.Metadata;

namespace Fink.Kafka.Broker.Tests.Metadata;

internal sealed class MemoryJournal : IMetadataJournal
{
    private readonly List<(byte Type, byte Version, byte[] Payload)> _records = [];

    public bool IsFull { get; set; }

    public Action? Appending { get; set; }

    public long Bytes => _records.Sum(record => (long)record.Payload.Length);

    public void Append(byte type, byte version, ReadOnlySpan<byte> payload)
    {
        Appending?.Invoke();
        if (IsFull) throw new IOException("No space left on device");
        _records.Add((type, version, payload.ToArray()));
    }

    public void Replay(MetadataRecordReader read)
    {
        foreach (var (type, version, payload) in _records) read(type, version, payload);
    }

    public void Snapshot(byte type, byte version, ReadOnlySpan<byte> payload)
    {
        if (IsFull) throw new IOException("No space left on device");
        _records.Clear();
        _records.Add((type, version, payload.ToArray()));
    }
}
