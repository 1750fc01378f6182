using Confluent.Kafka;

namespace Fink.Kafka.Clients;

/// <summary>
/// Listens to one client's error and log handlers, so that nothing of librdkafka's reaches stderr, and keeps the cause
/// that its exceptions do not tell: a wrong password or a refused connection surfaces there as a time-out only.
/// Pass <see cref="OnError"/> and <see cref="OnLog"/> to the client's builder. Thread-safe.
/// </summary>
public sealed class ClientWatch(KafkaConnection connection, TimeProvider? timeProvider = null)
{
    // A name such as localhost has several addresses, which are tried one after the other: the first one refused makes
    // librdkafka say "all brokers are down".
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;
    private readonly TaskCompletionSource _hopeless = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Failure? _cause;
    private bool _graceRuns;

    /// <summary>
    /// Ends once it is certain that waiting longer is useless (refused log-in, TLS, every broker down for a moment);
    /// never faulted. <see cref="Explain(Error, string, Exception)"/> then tells why.
    /// </summary>
    public Task Hopeless => _hopeless.Task;

    /// <summary>Whether a broker refused the log-in or TLS failed: what this client waits for will not come.</summary>
    public bool IsRefused
    {
        get
        {
            lock (_lock)
            {
                return _cause?.Kind is FailureKind.AuthenticationFailed or FailureKind.TlsFailed;
            }
        }
    }

    public void OnError(Error error)
    {
        var heard = FailureReading.Read(error);
        lock (_lock)
        {
            if (error.Code == ErrorCode.Local_AllBrokersDown)
            {
                StartGrace();
                return;
            }
        }

        Hear(heard);
    }

    /// <summary>Most lines repeat what <see cref="OnError"/> is told; that of a broker which hangs up is only here.</summary>
    public void OnLog(LogMessage message)
    {
        if (message.Facility == "FAIL")
        {
            Hear(FailureReading.Read(new Error(ErrorCode.Local_Transport, message.Message)));
        }
    }

    /// <summary>The error of an operation as an operator should read it: by the first cause where one was heard.</summary>
    /// <param name="attempt">What was tried, as in `create topic fink_sso`.</param>
    public KafkaOperationException Explain(Error error, string attempt, Exception? inner = null)
    {
        var failure = FailureReading.Read(error);
        lock (_lock)
        {
            if (_cause is not null && failure.Kind is FailureKind.TimedOut or FailureKind.Unreachable)
            {
                failure = _cause;
            }
        }

        return Wording.Exception(connection, attempt, failure, inner);
    }

    public KafkaOperationException Explain(KafkaException exception, string attempt) =>
        Explain(exception.Error, attempt, exception);

    internal KafkaOperationException ExplainHopeless(string attempt) =>
        Explain(new Error(ErrorCode.Local_AllBrokersDown), attempt);

    private void Hear(Failure failure)
    {
        lock (_lock)
        {
            if (_cause is null || failure.Kind.IsMoreTellingThan(_cause.Kind))
            {
                _cause = failure;
            }
        }

        if (failure.Kind is FailureKind.AuthenticationFailed or FailureKind.TlsFailed)
        {
            _hopeless.TrySetResult();
        }
    }

    private void StartGrace()
    {
        if (!_graceRuns)
        {
            _graceRuns = true;
            _ = GiveUpAfterGraceAsync();
        }
    }

    private async Task GiveUpAfterGraceAsync()
    {
        await Task.Delay(Grace, _timeProvider).ConfigureAwait(false);
        _hopeless.TrySetResult();
    }
}
