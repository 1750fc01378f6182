namespace Fink.Kafka.Clients;

internal sealed class AdminSession(KafkaConnection connection, TimeProvider timeProvider) : IDisposable
{
    public KafkaConnection Connection { get; } = connection;

    public TimeProvider TimeProvider { get; } = timeProvider;

    public void Dispose()
    {
    }
}
