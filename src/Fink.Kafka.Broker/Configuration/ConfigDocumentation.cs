namespace Fink.Kafka.Broker.Configuration;

internal static class ConfigDocumentation
{
    public static string? Of(string name) => null;
}
