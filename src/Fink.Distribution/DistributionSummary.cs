namespace Fink.Distribution;

/// <summary>Why a run ended.</summary>
public enum DistributionEnd
{
    /// <summary>The backlog is worked off.</summary>
    Done,

    /// <summary>There was no backlog.</summary>
    NothingToDo,

    /// <summary><see cref="DistributionOptions.Limit"/> was reached.</summary>
    LimitReached,

    /// <summary><see cref="DistributionOptions.ExitAfter"/> has passed.</summary>
    TimeUp,

    Cancelled,

    /// <summary><see cref="DistributionSummary.Error"/> stopped it.</summary>
    Stopped,
}

/// <summary>Messages of one topic: those that rules gave it, those that a broker acknowledged, those that failed.</summary>
public sealed record TopicCount(string Topic, long Matched, long Sent, long Failed);

/// <summary>An alert that a topic did not get, and why.</summary>
/// <param name="IsRetried">Whether the next run sends it again; if not, it cannot succeed as it is.</param>
public sealed record FailedAlert(string AlertId, string Topic, string Reason, bool IsRetried);

/// <summary>A file, or a run of its rows, that could not be read. The next run tries it again.</summary>
public sealed record FailedFile(string File, string Reason);

/// <summary>What a run did.</summary>
public sealed record DistributionSummary
{
    public required DistributionEnd End { get; init; }

    /// <summary>Files of the source that can be read, whether or not something of them was left to do.</summary>
    public required int Files { get; init; }

    /// <summary>Alerts read.</summary>
    public required long Read { get; init; }

    public long Matched => Topics.Sum(topic => topic.Matched);

    public long Sent => Topics.Sum(topic => topic.Sent);

    public long Failed => Topics.Sum(topic => topic.Failed);

    /// <summary>In the order of their names.</summary>
    public required IReadOnlyList<TopicCount> Topics { get; init; }

    /// <summary>Slices (runs of rows of a file) finished, and left for the next run.</summary>
    public int SlicesDone { get; init; }

    public int SlicesLeft { get; init; }

    /// <summary>The first failed alerts; <see cref="Failed"/> counts them all.</summary>
    public IReadOnlyList<FailedAlert> Failures { get; init; } = [];

    public IReadOnlyList<FailedFile> FailedFiles { get; init; } = [];

    /// <summary>Things to know that are no failure, such as a topic that exists with other settings; each once.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>What stopped the run before its end, or null.</summary>
    public Exception? Error { get; init; }

    /// <summary>Whether nothing failed: neither an alert nor a file, and nothing stopped it.</summary>
    public bool Succeeded => Failed == 0 && FailedFiles.Count == 0 && Error is null;
}
