namespace Fink.Kafka.Cluster;

/// <summary>What kind of failure a <see cref="ClusterException"/> tells of.</summary>
public enum ClusterErrorKind
{
    /// <summary>It was tried and did not work.</summary>
    Failed,

    /// <summary>What was asked for makes no sense or contradicts the data folder; nothing was tried.</summary>
    Usage,

    /// <summary>The cluster did not become ready, or a process did not end, in the time given.</summary>
    TimedOut,
}

/// <summary>A cluster of this machine could not be started, stopped, looked at or installed; the message says why and what to do.</summary>
public sealed class ClusterException : Exception
{
    public ClusterException(ClusterErrorKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    public ClusterErrorKind Kind { get; }

    /// <summary>The last lines that the process that failed wrote; empty where none did.</summary>
    public IReadOnlyList<string> LogLines { get; init; } = [];
}
