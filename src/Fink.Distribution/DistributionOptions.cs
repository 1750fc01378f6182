using Fink.Distribution.Configuration;

namespace Fink.Distribution;

/// <summary>What a run distributes and how far it goes.</summary>
public sealed record DistributionOptions
{
    public required DistributionRules Rules { get; init; }

    /// <summary>The science database: a folder, a glob or a file.</summary>
    public required string Source { get; init; }

    /// <summary>The job whose progress this run continues: topic and consumer group are <c>fink-work-JOB</c>.</summary>
    public string Job { get; init; } = "default";

    public StartPosition Start { get; init; } = StartPosition.Latest;

    /// <summary>The original's DISTRIBUTION_OFFSET_FILE, read once, for a job that has nothing yet; null for none.</summary>
    public string? OffsetFile { get; init; }

    /// <summary>Where the schema of a whole alert is written as JSON (DISTRIBUTION_SCHEMA); null for nowhere.</summary>
    public string? SchemaFile { get; init; }

    /// <summary>Only these topics, for a look: the job's progress does not move. Empty for all.</summary>
    public IReadOnlyList<string> OnlyTopics { get; init; } = [];

    /// <summary>Only so many alerts that match a rule, for a look: the job's progress does not move. Null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>No new slice is begun after this long; null for no end.</summary>
    public TimeSpan? ExitAfter { get; init; }

    /// <summary>Failed alerts that are kept with their reason; all are counted.</summary>
    public int FailuresKept { get; init; } = 20;

    /// <summary>Messages that may be unacknowledged, keys included, in megabytes.</summary>
    public int SendQueueMegabytes { get; init; } = 32;

    /// <summary>Whether this run only looks and leaves the job's progress alone.</summary>
    public bool IsLook => Limit is not null || OnlyTopics.Count > 0;
}
