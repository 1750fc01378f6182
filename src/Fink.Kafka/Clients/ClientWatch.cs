using Confluent.Kafka;

namespace Fink.Kafka.Clients;

/// <summary>
/// Listens to one client's error and log handlers, so that nothing of librdkafka's reaches stderr, and keeps the cause
/// that its exceptions do not tell: a wrong password or a refused connection surfaces there as a time-out only.
/// Pass <see cref="OnError"/> and <see cref="OnLog"/> to the client's builder. Thread-safe.
/// </summary>
public sealed class ClientWatch(KafkaConnection connection)
{
    private readonly KafkaConnection _connection = connection;

    /// <summary>
    /// Ends with the reason once it is certain that waiting longer is useless (refused log-in, TLS, every broker
    /// down for a moment); never faulted.
    /// </summary>
    public Task<KafkaOperationException> Hopeless => throw new NotImplementedException();

    public void OnError(Error error) => throw new NotImplementedException();

    public void OnLog(LogMessage message) => throw new NotImplementedException();

    /// <summary>The error of an operation as an operator should read it: by the first cause where one was heard.</summary>
    /// <param name="attempt">What was tried, as in `create topic fink_sso`.</param>
    public KafkaOperationException Explain(Error error, string attempt) => throw new NotImplementedException();

    public KafkaOperationException Explain(KafkaException exception, string attempt) =>
        throw new NotImplementedException();
}
