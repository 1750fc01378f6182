using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>What all logs of a broker go by.</summary>
internal sealed record LogSettings(TimeProvider Time)
{
    public FlushPolicy FlushPolicy { get; init; } = FlushPolicy.Os;

    /// <summary>A producer that has appended nothing for so long is forgotten.</summary>
    public TimeSpan ProducerIdExpiration { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Takes one line for each thing that whoever runs the broker should know: what was cut off, what went offline.</summary>
    public Action<string>? Report { get; init; }

    /// <summary>Whoever has it may unpack a large batch, to take it or to look for a time in it. Of all logs together: they share a memory.</summary>
    public SemaphoreSlim LargeUnpacking { get; } = new(1, 1);

    /// <summary>Of all logs together: they share a disk.</summary>
    public DiskTrouble? Trouble { get; init; }
}

internal enum FlushPolicy
{
    /// <summary>The operating system writes in its own time: what was acknowledged survives the end of the process, not of the machine.</summary>
    Os,

    /// <summary>Nothing is acknowledged or shown before it was flushed.</summary>
    Always,
}
