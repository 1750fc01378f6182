namespace Fink.Client;

/// <summary>Which cluster, and as whom.</summary>
public sealed class AlertConnection
{
    private AlertConnection(IReadOnlyDictionary<string, string> settings) => Settings = settings;

    /// <summary>`HOST:PORT[,HOST:PORT…]`</summary>
    public string Servers => Settings.GetValueOrDefault("bootstrap.servers", "(no bootstrap.servers)");

    public string? User => Settings.GetValueOrDefault("sasl.username");

    /// <summary>In librdkafka's names; among them the password.</summary>
    internal IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Without a login, as a cluster with an anonymous listener wants it.</summary>
    public static AlertConnection To(string servers) => new(new Dictionary<string, string>
    {
        ["bootstrap.servers"] = servers,
        ["security.protocol"] = "plaintext",
    });

    /// <summary>With SCRAM-SHA-512, as Fink's brokers want it.</summary>
    public static AlertConnection To(string servers, string user, string password) => new(new Dictionary<string, string>
    {
        ["bootstrap.servers"] = servers,
        ["security.protocol"] = "sasl_plaintext",
        ["sasl.mechanism"] = "SCRAM-SHA-512",
        ["sasl.username"] = user,
        ["sasl.password"] = password,
    });

    /// <param name="settings">In librdkafka's names: `bootstrap.servers`, `security.protocol`, `ssl.ca.location` …</param>
    public static AlertConnection Of(IReadOnlyDictionary<string, string> settings) => new(settings);

    /// <summary>The same over TLS.</summary>
    /// <param name="authorities">A PEM file of the authorities to trust; null for the system's.</param>
    public AlertConnection WithTls(string? authorities = null)
    {
        var settings = new Dictionary<string, string>(Settings)
        {
            ["security.protocol"] = User is null ? "ssl" : "sasl_ssl",
        };
        if (authorities is not null)
        {
            settings["ssl.ca.location"] = authorities;
        }

        return new(settings);
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => User is null ? Servers : $"{User} at {Servers}";
}
