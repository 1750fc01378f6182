namespace Fink.Client;

/// <summary>What to read, from where, until when.</summary>
public sealed record AlertConsumerOptions
{
    public required AlertConnection Connection { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    public StartPosition From { get; init; } = StartPosition.Beginning;

    /// <summary>
    /// A consumer group shares the partitions among its members and remembers its place. Without one nothing is
    /// committed, and no right on any group is needed.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>When a group's place moves.</summary>
    public CommitMode Commit { get; init; } = CommitMode.Automatic;

    /// <summary>
    /// Starts at <see cref="From"/> also where the group has a place, which is moved there: whoever reads a partition on
    /// goes on with the replay.
    /// </summary>
    public bool Replay { get; init; }

    /// <summary>Ends after this many alerts; null for no limit.</summary>
    public long? Limit { get; init; }

    /// <summary>Ends at what was the end of each topic when reading started.</summary>
    public bool UntilEnd { get; init; }

    /// <summary>For messages whose key holds no schema (no key, or a version). A schema in the key wins.</summary>
    public AlertSchemas Schemas { get; init; } = AlertSchemas.None;

    /// <summary>
    /// What stands around the datum of every message; null: what the message's header `wire` says, and nothing where it has
    /// no such header.
    /// </summary>
    public WireForm? Wire { get; init; }

    /// <summary>What its reader needs of an alert. One for which this throws <see cref="AlertReadException"/> is a bad message.</summary>
    public Action<Alert>? Require { get; init; }

    /// <summary>
    /// What is told of a bad message: no alert, or none that its reader can use. It is then left out and counted; null
    /// ends the reading there.
    /// </summary>
    public Action<AlertReadException>? SkipBad { get; init; }

    /// <summary>
    /// How many of the last alerts of each topic are remembered by their id, to leave out those that a producer sent
    /// twice; 0 leaves none out.
    /// </summary>
    public int DuplicateWindow { get; init; }

    /// <summary>How long to wait for the brokers' first answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>When a group's place moves past an alert.</summary>
public enum CommitMode
{
    /// <summary>Once the next alert is asked for: the one in hand is not lost. Sent every few seconds, and at the end.</summary>
    Automatic,

    /// <summary>When <see cref="AlertConsumer.CommitAsync(CancellationToken)"/> says so.</summary>
    Manual,
}
