using Confluent.Kafka;

namespace Fink.Kafka.Clients;

/// <summary>Builds clients, with what librdkafka refuses at once told as the operator's mistake that it is.</summary>
public static class ClientFactory
{
    /// <param name="build">Builds the client from <see cref="KafkaConnection.ToClientConfig"/>.</param>
    public static T Open<T>(KafkaConnection connection, string attempt, Func<T> build)
    {
        try
        {
            return build();
        }
        catch (DllNotFoundException e)
        {
            throw new KafkaOperationException(
                FailureKind.Failed,
                $"Cannot {attempt}: librdkafka, the native Kafka client, is not there for this system "
                + $"({System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}).", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            var tls = e.Message.Contains("ssl.", StringComparison.OrdinalIgnoreCase);
            throw Wording.Exception(
                connection,
                attempt,
                new Failure(tls ? FailureKind.TlsFailed : FailureKind.Invalid, e.Message.TrimEnd('.')), e);
        }
    }
}
