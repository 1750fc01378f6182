using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fink.Kafka.Broker;

/// <summary>What an <see cref="EmbeddedBroker"/> is started with.</summary>
public sealed record BrokerOptions
{
    /// <summary>
    /// Where topics, users, ACLs and groups are kept, from one start to the next. Made if it is not there; one broker at a time.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Under Kafka's own names, for instance <c>listeners</c>. Port 0 in it means one that is free. What is not set has the default
    /// of Kafka 3.9.
    /// </summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Users of a data directory that is new. Later starts leave users as they are.</summary>
    public IReadOnlyList<InitialUser> InitialUsers { get; init; } = [];

    /// <summary>ACLs of a data directory that is new.</summary>
    public IReadOnlyList<InitialAcl> InitialAcls { get; init; } = [];

    /// <summary>
    /// Users whose passwords this start sets, made where they are not there, in whatever directory: the way back in for one who has lost
    /// them.
    /// </summary>
    public IReadOnlyList<InitialUser> ResetUsers { get; init; } = [];

    /// <summary>ACLs that hold from this start on, in whatever directory; those that are there already stay.</summary>
    public IReadOnlyList<InitialAcl> AddedAcls { get; init; } = [];

    /// <summary>
    /// Given the broker when it has its users and its ports and no client can connect yet: whoever sees a port open finds what is written
    /// here, such as a file that names it. What it throws ends the start.
    /// </summary>
    public Action<EmbeddedBroker>? BeforeServing { get; init; }

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
