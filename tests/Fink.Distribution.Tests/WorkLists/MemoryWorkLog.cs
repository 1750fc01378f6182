using Fink.Distribution.WorkLists;

namespace Fink.Distribution.Tests.WorkLists;

/// <summary>A work list that takes what it is given through its JSON, as Kafka's does.</summary>
internal sealed class MemoryWorkLog : IWorkLog
{
    private readonly List<byte[]> _records = [];

    public IReadOnlyList<WorkRecord> Records => [.. _records.Select(json => WorkRecord.Parse(json, "memory"))];

    public Task<IReadOnlyList<WorkRecord>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Records);

    public Task<long> AppendAsync(IReadOnlyList<WorkRecord> records, CancellationToken cancellationToken)
    {
        _records.AddRange(records.Select(record => record.ToJson()));
        return Task.FromResult((long)_records.Count);
    }
}
