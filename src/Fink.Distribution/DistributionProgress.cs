namespace Fink.Distribution;

/// <summary>What a run is doing.</summary>
public enum DistributionPhase
{
    /// <summary>Looking for files, checking rules, connecting.</summary>
    Preparing,

    /// <summary>Another run of the job is at work; this one waits for its turn.</summary>
    Waiting,

    Distributing,
}

/// <summary>How far a run is. Rows are alerts read; matched, sent and failed count messages, one for each topic of an alert.</summary>
public sealed record DistributionProgress(
    DistributionPhase Phase, long RowsTotal, long RowsRead, long Matched, long Sent, long Failed);
