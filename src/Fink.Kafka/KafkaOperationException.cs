namespace Fink.Kafka;

/// <summary>
/// An operation on a cluster failed. The message is one or two lines for an operator: what was tried, where, why it
/// failed and what to do. It never holds a secret.
/// </summary>
public sealed class KafkaOperationException : Exception
{
    public KafkaOperationException(FailureKind kind, string message, Exception? innerException = null)
        : this(kind, message, [], innerException)
    {
    }

    public KafkaOperationException(
        FailureKind kind, string message, IReadOnlyList<ItemFailure> items, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
        Items = items;
    }

    public FailureKind Kind { get; }

    /// <summary>What failed of several items; empty where the whole operation failed. The others were done.</summary>
    public IReadOnlyList<ItemFailure> Items { get; }

    /// <summary>Names of what was done before: it stays done.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];
}

/// <summary>One item (a topic, a user, an ACL) of an operation on several that failed.</summary>
public sealed record ItemFailure(string Item, FailureKind Kind, string Reason);
