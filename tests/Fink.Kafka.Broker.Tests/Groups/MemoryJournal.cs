using Fink.Kafka.Broker.Groups.Journalling;

namespace Fink.Kafka.Broker.Tests.Groups;

/// <summary>A journal that outlives its coordinator, and can be made to fail.</summary>
internal sealed class MemoryJournal : IGroupJournal
{
    private List<(byte Type, byte Version, byte[] Payload)> _records = [];

    public bool IsFull { get; set; }

    public int Count => _records.Count;

    public int Snapshots { get; private set; }

    /// <summary>What a crash right now leaves behind.</summary>
    public MemoryJournal Copy() => new() { _records = [.. _records] };

    public void Append(byte type, byte version, ReadOnlySpan<byte> payload)
    {
        if (IsFull) throw new IOException("No space left on device.");
        _records.Add((type, version, payload.ToArray()));
    }

    public void Replay(GroupRecordReader read)
    {
        foreach (var (type, version, payload) in _records) read(type, version, payload);
    }

    public void Snapshot(Action<GroupRecordAppender> write)
    {
        if (IsFull) throw new IOException("No space left on device.");
        List<(byte, byte, byte[])> records = [];
        write((type, version, payload) => records.Add((type, version, payload.ToArray())));
        _records = records;
        Snapshots++;
    }
}
