using System.Text.RegularExpressions;
using Confluent.Kafka;

namespace Fink.Kafka.Clients;

/// <summary>What an error means, and its reason without librdkafka's decoration.</summary>
internal sealed record Failure(FailureKind Kind, string Reason);

internal static partial class FailureReading
{
    public static Failure Read(Error error) => new(KindOf(error), Clean(error));

    /// <summary>A refused log-in or handshake is the reason for the disconnections around it.</summary>
    public static bool IsMoreTellingThan(this FailureKind kind, FailureKind other) => Rank(kind) > Rank(other);

    private static int Rank(FailureKind kind) => kind switch
    {
        FailureKind.AuthenticationFailed => 3,
        FailureKind.TlsFailed => 2,
        FailureKind.Unreachable => 1,
        _ => 0,
    };

    private static FailureKind KindOf(Error error) => error.Code switch
    {
        // librdkafka counts a failed handshake among the lost connections, and its own time-out for metadata too.
        ErrorCode.Local_Transport when error.Reason.Contains("SSL handshake", StringComparison.Ordinal)
            => FailureKind.TlsFailed,
        ErrorCode.Local_Transport when error.Reason == new Error(ErrorCode.Local_Transport).Reason
            => FailureKind.TimedOut,
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.UnsupportedSaslMechanism
            or ErrorCode.IllegalSaslState => FailureKind.AuthenticationFailed,
        ErrorCode.Local_Ssl => FailureKind.TlsFailed,
        ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Resolve
            or ErrorCode.Local_Partial or ErrorCode.Local_DestroyBroker or ErrorCode.BrokerNotAvailable or ErrorCode.GroupCoordinatorNotAvailable
            => FailureKind.Unreachable,
        ErrorCode.Local_TimedOut or ErrorCode.Local_TimedOutQueue or ErrorCode.Local_MsgTimedOut
            or ErrorCode.RequestTimedOut => FailureKind.TimedOut,
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
            or ErrorCode.ClusterAuthorizationFailed or ErrorCode.TransactionalIdAuthorizationFailed
            => FailureKind.Denied,
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition
            or ErrorCode.GroupIdNotFound or ErrorCode.UnknownTopicId => FailureKind.NotFound,
        ErrorCode.TopicAlreadyExists => FailureKind.AlreadyExists,
        ErrorCode.InvalidConfig or ErrorCode.TopicException or ErrorCode.InvalidPartitions
            or ErrorCode.InvalidReplicationFactor or ErrorCode.InvalidReplicaAssignment or ErrorCode.InvalidRequest
            or ErrorCode.PolicyViolation or ErrorCode.Local_InvalidArg or ErrorCode.UnacceptableCredential
            => FailureKind.Invalid,
        _ => FailureKind.Failed,
    };

    private static string Clean(Error error)
    {
        if (error.Code == ErrorCode.SecurityDisabled)
        {
            return "the cluster has no authorizer, so that it keeps no ACLs";
        }

        if (error.Code == ErrorCode.Local_Partial)
        {
            return "the broker knows of no broker yet, as one that is still starting";
        }

        // A controller that refuses a forwarded request answers with the request in Java's words.
        if (error.Reason.Contains("Request(processor=", StringComparison.Ordinal))
        {
            return new Error(error.Code).Reason;
        }

        // A listener of another protocol hangs up before it ever answered; one that had answered went away.
        if (error.Reason.Contains("closed by peer", StringComparison.Ordinal) && error.Reason.Contains("in state UP", StringComparison.Ordinal))
        {
            return "a broker closed the connection";
        }

        var reason = BrokerPrefix().Replace(error.Reason, "");
        reason = StateSuffix().Replace(reason, "");
        return reason.EndsWith("supported mechanisms:", StringComparison.Ordinal) ? $"{reason} none"
            // Some requests' errors are prefixed with the request's name, also where the broker says no more than a code.
            : reason.TrimEnd().EndsWith(':') ? new Error(error.Code).Reason
            : reason.TrimEnd('.', ' ');
    }

    [GeneratedRegex(@"^(\[thrd:\S*\]: )?((plaintext|ssl|sasl_plaintext|sasl_ssl)://)?\S+:\d+/\S+: ")]
    private static partial Regex BrokerPrefix();

    [GeneratedRegex(@"\s*\(after \d+ms in state [^)]*\)(, \d+ identical error\(s\) suppressed)?")]
    private static partial Regex StateSuffix();
}
