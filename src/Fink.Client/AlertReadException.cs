namespace Fink.Client;

/// <summary>Alerts could not be read. The message says what, where, why and what to do.</summary>
public sealed class AlertReadException : Exception
{
    public AlertReadException(AlertReadFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    public AlertReadFailure Failure { get; }

    /// <summary>The message that is no alert, where it is one message.</summary>
    public AlertPosition? Position { get; init; }

    /// <summary>What that message's header calls its alert.</summary>
    public string? AlertId { get; init; }
}

public enum AlertReadFailure
{
    /// <summary>The cluster answered with an error that none of the others names.</summary>
    Failed,
    Unreachable,
    TimedOut,
    TlsFailed,
    AuthenticationFailed,

    /// <summary>No right to read the topic or to use the group.</summary>
    Denied,
    NotFound,

    /// <summary>A message is not an alert of its schema, or there is no schema. Topic, partition and offset are named.</summary>
    Undecodable,

    /// <summary>The group gave the partition to another member, whose place it is to move now, or which has moved it past there.</summary>
    Moved,

    /// <summary>The options, or the schema given, are wrong.</summary>
    Invalid,
}
