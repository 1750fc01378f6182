namespace Fink.Kafka;

/// <summary>Why an operation on a cluster did not happen; the command turns it into an exit code.</summary>
public enum FailureKind
{
    /// <summary>The cluster answered with an error that none of the others names.</summary>
    Failed,

    /// <summary>No broker could be connected to.</summary>
    Unreachable,

    /// <summary>Brokers were reached, or silent, and the answer did not come in time.</summary>
    TimedOut,

    /// <summary>A TLS handshake failed: certificate, protocol, or a listener without TLS.</summary>
    TlsFailed,

    /// <summary>The broker refused the user name, password or mechanism.</summary>
    AuthenticationFailed,

    /// <summary>The user is known and an ACL is missing or denies.</summary>
    Denied,

    /// <summary>The topic, user or group does not exist.</summary>
    NotFound,

    /// <summary>The topic exists already, or exists with other settings.</summary>
    AlreadyExists,

    /// <summary>The cluster, or the client library, refuses a name or a value.</summary>
    Invalid,
}
