using Confluent.Kafka;

namespace Fink.Kafka.Clients;

internal static class ClientSettings
{
    public static ClientConfig For(KafkaConnection connection)
    {
        NativeClient.Choose();
        var config = new ClientConfig();
        foreach (var (name, value) in connection.Properties.Settings)
        {
            config.Set(name, value);
        }

        config.BootstrapServers = connection.BootstrapServers;
        config.AllowAutoCreateTopics = false;
        if (connection.Properties.Settings.GetValueOrDefault("client.id") is null)
        {
            config.ClientId = "fink-kafka";
        }

        return config;
    }

    public static IReadOnlyDictionary<string, string> With(KafkaConnection connection, IReadOnlyDictionary<string, string> tuning)
    {
        var settings = For(connection).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var (name, value) in tuning)
        {
            settings[name] = value;
        }

        return settings;
    }
}
