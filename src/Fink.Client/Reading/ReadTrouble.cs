using System.Text.RegularExpressions;
using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>
/// Hears what the consumer's handlers say, so that nothing is printed, and turns it into one error: a wrong password or
/// a refused connection shows itself nowhere else.
/// </summary>
internal sealed partial class ReadTrouble(AlertConsumerOptions options, TimeProvider timeProvider)
{
    // A name with several addresses is tried one after the other; a broker that restarts comes back.
    private static readonly TimeSpan GraceBeforeFirstAnswer = TimeSpan.FromSeconds(1.5);

    private Error? _cause;
    private long? _downSince;
    private bool _wasUp;

    /// <summary>
    /// The client library has heard of no such topic for a while (its topic.metadata.propagation.max.ms: brokers that start know of none),
    /// and says so once.
    /// </summary>
    public bool IsTopicMissing { get; private set; }

    public void OnError(Error error)
    {
        if (error.Code == ErrorCode.Local_AllBrokersDown)
        {
            _downSince ??= timeProvider.GetTimestamp();
            return;
        }

        if (error.Code is ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition)
        {
            IsTopicMissing = true;
        }

        if (_cause is null || Rank(error) > Rank(_cause))
        {
            _cause = error;
        }
    }

    public void OnLog(LogMessage message)
    {
        if (message.Facility == "FAIL")
        {
            OnError(new Error(ErrorCode.Local_Transport, message.Message));
        }
    }

    public void Clear()
    {
        _cause = null;
        _downSince = null;
        IsTopicMissing = false;
        _wasUp = true;
    }

    public void ThrowIfHopeless()
    {
        if (_cause is not null && FailureOf(_cause) is AlertReadFailure.AuthenticationFailed or AlertReadFailure.TlsFailed)
        {
            throw Explain(_cause, inner: null);
        }

        var grace = _wasUp ? options.Timeout : GraceBeforeFirstAnswer;
        if (_downSince is { } since && timeProvider.GetElapsedTime(since) > grace)
        {
            throw Explain(_cause ?? new Error(ErrorCode.Local_AllBrokersDown), inner: null);
        }
    }

    public void Guard(string attempt, Action action) => Guard(attempt, () =>
    {
        action();
        return true;
    });

    public T Guard<T>(string attempt, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (KafkaException e)
        {
            throw Explain(e.Error, e, attempt: attempt);
        }
    }

    public AlertReadException Explain(Error error, Exception? inner, string? topic = null, string attempt = "read")
    {
        var said = error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport && _cause is not null
            ? _cause
            : error;
        var failure = FailureOf(said);
        var what = topic ?? string.Join(", ", options.Topics);
        return new AlertReadException(
            failure, $"Cannot {attempt} {what} at {options.Connection.Servers}: {Clean(said)}.{Advice(failure)}", inner);
    }

    private static int Rank(Error error) => FailureOf(error) switch
    {
        AlertReadFailure.AuthenticationFailed => 3,
        AlertReadFailure.TlsFailed => 2,
        AlertReadFailure.Unreachable => 1,
        _ => 0,
    };

    private static AlertReadFailure FailureOf(Error error) => error.Code switch
    {
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.UnsupportedSaslMechanism
            => AlertReadFailure.AuthenticationFailed,
        ErrorCode.Local_Ssl => AlertReadFailure.TlsFailed,
        ErrorCode.Local_Transport when error.Reason.Contains("SSL handshake", StringComparison.Ordinal)
            => AlertReadFailure.TlsFailed,
        ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Resolve or ErrorCode.Local_DestroyBroker
            => AlertReadFailure.Unreachable,
        ErrorCode.Local_TimedOut or ErrorCode.RequestTimedOut => AlertReadFailure.TimedOut,
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed
            or ErrorCode.ClusterAuthorizationFailed => AlertReadFailure.Denied,
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition
            => AlertReadFailure.NotFound,
        ErrorCode.TopicException or ErrorCode.InvalidGroupId => AlertReadFailure.Invalid,
        _ => AlertReadFailure.Failed,
    };

    private string Advice(AlertReadFailure failure) => failure switch
    {
        AlertReadFailure.Unreachable => " Check the address, and that the cluster is running.",
        AlertReadFailure.AuthenticationFailed when User is not null => $" Check the password of {User}.",
        AlertReadFailure.AuthenticationFailed => " This listener wants a user.",
        AlertReadFailure.TlsFailed => " Check that this listener speaks TLS and which certificates the client trusts.",
        AlertReadFailure.Denied when options.Group is not null =>
            $" {User ?? "The anonymous client"} needs the right to Read the topic and the group {options.Group}.",
        AlertReadFailure.Denied => $" {User ?? "The anonymous client"} needs the right to Read the topic.",
        AlertReadFailure.NotFound => " Is the name right, and has anything been sent there yet?",
        _ => "",
    };

    private string? User => options.Connection.User;

    private static string Clean(Error error)
    {
        var reason = BrokerPrefix().Replace(error.Reason, "");
        return StateSuffix().Replace(reason, "").TrimEnd('.', ' ');
    }

    [GeneratedRegex(@"^(\[thrd:\S*\]: )?((plaintext|ssl|sasl_plaintext|sasl_ssl)://)?\S+:\d+/\S+: ")]
    private static partial Regex BrokerPrefix();

    [GeneratedRegex(@"\s*\(after \d+ms in state [^)]*\)(, \d+ identical error\(s\) suppressed)?")]
    private static partial Regex StateSuffix();
}
