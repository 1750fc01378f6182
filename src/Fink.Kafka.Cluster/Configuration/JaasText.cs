namespace Fink.Kafka.Cluster.Configuration;

/// <summary>Lines of Java's login configuration. The passwords in them are ours: letters and digits, nothing to escape.</summary>
internal static class JaasText
{
    public static string ScramClient(string user, string password) =>
        $"org.apache.kafka.common.security.scram.ScramLoginModule required username=\"{user}\" password=\"{password}\";";

    /// <summary>A server needs no name of its own to check SCRAM users.</summary>
    public const string ScramServer = "org.apache.kafka.common.security.scram.ScramLoginModule required;";

    /// <summary>Both ends at once: who a broker is towards others, and whom it lets in.</summary>
    public static string PlainPeer(string user, string password) =>
        $"org.apache.kafka.common.security.plain.PlainLoginModule required username=\"{user}\" password=\"{password}\" user_{user}=\"{password}\";";

    public static string ZooKeeperServer(string user, string password) =>
        $"Server {{\n  org.apache.zookeeper.server.auth.DigestLoginModule required user_{user}=\"{password}\";\n}};\n";

    public static string ZooKeeperClient(string user, string password) =>
        $"Client {{\n  org.apache.zookeeper.server.auth.DigestLoginModule required username=\"{user}\" password=\"{password}\";\n}};\n";
}
