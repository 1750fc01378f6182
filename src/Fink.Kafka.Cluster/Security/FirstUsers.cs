using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Security;

/// <summary>The users that a cluster starts with, and the files that hold their generated passwords.</summary>
internal static class FirstUsers
{
    public const string Admin = "admin";
    public const string Producer = "finkProducer";
    public const string Consumer = "finkConsumer";

    /// <summary>Of their passwords' hashes, in every mode: Kafka's default, which <c>user add</c> has too.</summary>
    public const int Iterations = Users.UserAdmin.DefaultIterations;

    public static IReadOnlyList<string> All { get; } = [Admin, Producer, Consumer];

    public static bool HaveCredentials(ClusterLayout layout) =>
        All.All(user => File.Exists(layout.CredentialsFile(user)) && File.Exists(layout.LibrdkafkaCredentialsFile(user)));

    public static void Write(ClusterLayout layout, string user, string password, string bootstrapServers, TlsMaterial? tls)
    {
        List<string> librdkafka =
        [
            $"bootstrap.servers={bootstrapServers}",
            $"security.protocol={Protocol(tls)}",
            "sasl.mechanism=SCRAM-SHA-512",
            $"sasl.username={user}",
            $"sasl.password={password}",
        ];
        if (tls?.AuthorityFile is { } authority)
        {
            librdkafka.Add($"ssl.ca.location={authority}");
        }

        PrivateFiles.Write(layout.CredentialsFile(user), ClientOf(user, password, bootstrapServers, tls).ToString());
        PrivateFiles.Write(layout.LibrdkafkaCredentialsFile(user), string.Join('\n', librdkafka) + "\n");
    }

    /// <summary>How this user logs in, before there is a file that says it.</summary>
    public static ClientProperties LoginOf(string user, string password, string bootstrapServers, TlsMaterial? tls) =>
        ClientProperties.Parse(ClientOf(user, password, bootstrapServers, tls).ToString(), $"the login of {user}");

    private static string Protocol(TlsMaterial? tls) => tls is null ? "SASL_PLAINTEXT" : "SASL_SSL";

    private static JavaProperties ClientOf(string user, string password, string bootstrapServers, TlsMaterial? tls)
    {
        var java = new JavaProperties
        {
            ["bootstrap.servers"] = bootstrapServers,
            ["security.protocol"] = Protocol(tls),
            ["sasl.mechanism"] = "SCRAM-SHA-512",
            ["sasl.jaas.config"] = JaasText.ScramClient(user, password),
        };
        if (tls?.AuthorityFile is { } authority)
        {
            java["ssl.truststore.type"] = "PEM";
            java["ssl.truststore.location"] = authority;
        }

        return java;
    }

    /// <summary>The password in a user's file; null when there is no file.</summary>
    public static string? ReadPassword(ClusterLayout layout, string user)
    {
        const string Key = "sasl.password=";
        var file = layout.LibrdkafkaCredentialsFile(user);
        return File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))?[Key.Length..]
            : null;
    }
}
