namespace Fink.Kafka.Properties;

/// <summary>
/// A client's security and tuning as Kafka's own `.properties` file says it (also with librdkafka's names), as
/// librdkafka takes it. Prints without secrets.
/// </summary>
public sealed class ClientProperties
{
    private ClientProperties(
        IReadOnlyDictionary<string, string> settings, string? source = null, IReadOnlyList<string>? notes = null, ClientTuning? tuning = null)
    {
        Settings = settings;
        Tuning = tuning ?? new ClientTuning();
        Source = source;
        Notes = notes ?? [];
    }

    /// <summary>No security: what a PLAINTEXT listener wants.</summary>
    public static ClientProperties Plaintext { get; } = new(new Dictionary<string, string>());

    /// <summary>The file that this was read from, or null.</summary>
    public string? Source { get; }

    /// <summary>`bootstrap.servers` of the file, or null.</summary>
    public string? BootstrapServers => Settings.GetValueOrDefault("bootstrap.servers");

    /// <summary>`PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`.</summary>
    public string SecurityProtocol =>
        Settings.GetValueOrDefault("security.protocol", "PLAINTEXT").ToUpperInvariant();

    /// <summary>The name that the client logs in with, or null without SASL.</summary>
    public string? User => Settings.GetValueOrDefault("sasl.username");

    /// <summary>`SCRAM-SHA-512`, `PLAIN` …, or null without SASL.</summary>
    public string? Mechanism => Settings.GetValueOrDefault("sasl.mechanisms");

    /// <summary>What the reader should know: keys that only Java knows, a password file that others can read.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>librdkafka's names and values, secrets included.</summary>
    internal IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>What only a producer or only a consumer takes.</summary>
    internal ClientTuning Tuning { get; }

    /// <exception cref="ClientPropertiesException">The file is missing or wrong; it says where.</exception>
    public static ClientProperties Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ClientPropertiesException($"The client properties file {path} does not exist.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClientPropertiesException($"Cannot read the client properties file {path}: {e.Message}", e);
        }

        var properties = Parse(text, path);
        return FileExposure.NoteFor(path) is { } note && properties.HoldsSecret
            ? new ClientProperties(properties.Settings, path, [.. properties.Notes, note], properties.Tuning)
            : properties;
    }

    /// <param name="source">What the text is called in messages.</param>
    public static ClientProperties Parse(string text, string source)
    {
        var entries = LibrdkafkaProperties.Recognises(text)
            ? LibrdkafkaProperties.Parse(text, source)
            : PropertiesText.Read(text, source);
        var translation = new PropertyTranslation(source);
        foreach (var entry in entries)
        {
            translation.Add(entry);
        }

        return new ClientProperties(translation.ToSettings(), source, translation.Notes, translation.Tuning);
    }

    /// <summary>SASL_PLAINTEXT with SCRAM, as a cluster that `start` made wants it.</summary>
    public static ClientProperties Scram(
        string user, Secret password, ScramMechanism mechanism = ScramMechanism.Sha512) =>
        Plaintext.WithScramUser(user, password, mechanism);

    /// <summary>The same transport (with TLS if this has it), logging in as this user by SCRAM.</summary>
    public ClientProperties WithScramUser(
        string user, Secret password, ScramMechanism mechanism = ScramMechanism.Sha512) =>
        With(new()
        {
            ["security.protocol"] = UsesTls ? "SASL_SSL" : "SASL_PLAINTEXT",
            ["sasl.mechanisms"] = mechanism.ToKafkaName(),
            ["sasl.username"] = user,
            ["sasl.password"] = password.Reveal(),
        });

    /// <summary>The same identity over TLS that trusts these certificates (a PEM file); null for the system's.</summary>
    public ClientProperties WithTls(string? caFile)
    {
        var changes = new Dictionary<string, string>
        {
            ["security.protocol"] = User is null ? "SSL" : "SASL_SSL",
        };
        if (caFile is not null)
        {
            changes["ssl.ca.location"] = caFile;
        }

        return With(changes);
    }

    public override string ToString() =>
        User is null ? SecurityProtocol : $"{SecurityProtocol} {Mechanism} as {User}";

    internal bool UsesSasl => SecurityProtocol.StartsWith("SASL_", StringComparison.Ordinal);

    internal bool UsesTls => SecurityProtocol.EndsWith("SSL", StringComparison.Ordinal);

    private bool HoldsSecret =>
        Settings.ContainsKey("sasl.password") || Settings.ContainsKey("ssl.key.pem")
        || Settings.ContainsKey("ssl.key.password");

    private ClientProperties With(Dictionary<string, string> changes)
    {
        var settings = new Dictionary<string, string>(Settings);
        foreach (var (name, value) in changes)
        {
            settings[name] = value;
        }

        return new ClientProperties(settings, Source, Notes, Tuning);
    }
}
