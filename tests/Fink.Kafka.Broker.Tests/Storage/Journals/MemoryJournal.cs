using Fink.Kafka.Broker.Storage.Journals;

namespace Fink.Kafka.Broker.Tests.Storage.Journals;

/// <summary>A journal that outlives its owner, and can be made to fail.</summary>
internal sealed class MemoryJournal : IJournal
{
    private List<(byte Type, byte Version, byte[] Payload)> _records = [];

    public bool IsFull { get; set; }

    /// <summary>Whether there is room for entries, but not for all of them twice.</summary>
    public bool HasNoRoomForSnapshots { get; set; }

    public Action? Appending { get; set; }

    /// <summary>Runs while a snapshot is written.</summary>
    public Action? Snapshotting { get; set; }

    public int Count => _records.Count;

    public long Length => Count;

    public long Bytes => _records.Sum(record => (long)record.Payload.Length);

    public int Snapshots { get; private set; }

    /// <summary>What a crash right now leaves behind.</summary>
    public MemoryJournal Copy() => new() { _records = [.. _records] };

    public void Append(byte type, byte version, ReadOnlySpan<byte> payload, bool durable = false)
    {
        Appending?.Invoke();
        if (IsFull) throw new IOException("No space left on device.");
        _records.Add((type, version, payload.ToArray()));
    }

    public void Replay(JournalEntryVisitor visit)
    {
        foreach (var (type, version, payload) in _records) visit(type, version, payload);
    }

    public void Snapshot(long before, Action<JournalAppender> write)
    {
        if (IsFull || HasNoRoomForSnapshots) throw new IOException("No space left on device.");
        List<(byte, byte, byte[])> records = [];
        write((type, version, payload) => records.Add((type, version, payload.ToArray())));
        Snapshotting?.Invoke();
        _records = [.. records, .. _records.Skip((int)before)];
        Snapshots++;
    }
}
