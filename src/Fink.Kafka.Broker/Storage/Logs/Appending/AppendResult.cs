using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Storage.Logs.Appending;

/// <summary>Where a batch went, or why it went nowhere.</summary>
internal readonly record struct AppendResult(ErrorCode Error)
{
    /// <summary>For the producer to read; null on success.</summary>
    public string? Message { get; init; }

    public IReadOnlyList<RecordError> RecordErrors { get; init; } = [];

    public long BaseOffset { get; init; } = -1;

    /// <summary>-1 where the records keep the times of their producer.</summary>
    public long LogAppendTimeMs { get; init; } = -1;

    public long LogStartOffset { get; init; } = -1;

    /// <summary>The batch had been appended before: the offset is the one it got then.</summary>
    public bool IsDuplicate { get; init; }
}

/// <param name="Index">The record's place in its batch, from 0.</param>
internal readonly record struct RecordError(int Index, string Message);

/// <summary>Who a batch comes from, which decides what it may be.</summary>
internal enum AppendOrigin
{
    Client,

    /// <summary>Ends of transactions, written by the broker itself.</summary>
    Coordinator,
}
