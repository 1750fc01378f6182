namespace Fink.Kafka.Clients;

/// <summary>What an operator reads: what was tried, where, why it failed, what to do.</summary>
internal static class Wording
{
    public static KafkaOperationException Exception(
        KafkaConnection connection, string attempt, Failure failure, Exception? inner = null) =>
        new(
            failure.Kind,
            $"Cannot {attempt} at {connection.BootstrapServers}: {failure.Reason}{Stop(failure.Reason)}"
            + Advice(connection, failure),
            inner);

    private static string Stop(string reason) => reason.EndsWith('?') ? "" : ".";

    private static string Advice(KafkaConnection connection, Failure failure) => failure.Kind switch
    {
        FailureKind.Unreachable or FailureKind.TlsFailed or FailureKind.AuthenticationFailed
            when IsProtocolMismatch(failure.Reason) =>
            $" The client spoke {connection.Properties.SecurityProtocol}: does this listener too?",
        FailureKind.Unreachable => " Check the address, and that the cluster is running.",
        FailureKind.TimedOut => $" No answer within {connection.Timeout.TotalSeconds:0.###} s: "
            + "is the cluster overloaded, or the address that of another service?",
        FailureKind.TlsFailed => " Check that this listener speaks TLS and which certificates the client trusts.",
        FailureKind.AuthenticationFailed when connection.Properties.User is { } user =>
            $" Check the password of {user} and that this user has {connection.Properties.Mechanism}{From(connection)}.",
        FailureKind.AuthenticationFailed => " The listener wants a user: give client properties with SASL.",
        FailureKind.Denied => $" {connection.Properties.User ?? "The anonymous client"} lacks the right: an ACL must allow it.",
        _ => "",
    };

    private static string From(KafkaConnection connection) =>
        connection.Properties.Source is { } file ? $" (from {file})" : "";

    private static bool IsProtocolMismatch(string reason) =>
        reason.Contains("security.protocol", StringComparison.Ordinal)
        || reason.Contains("ApiVersion", StringComparison.Ordinal)
        || reason.Contains("closed by peer", StringComparison.Ordinal)
        || reason.Contains("PLAINTEXT broker listener", StringComparison.Ordinal)
        || reason.Contains("mechanism handshake failed", StringComparison.Ordinal);
}
