namespace Fink.Kafka.Properties;

/// <summary>Collects one file's entries and turns them into librdkafka's settings.</summary>
internal sealed class PropertyTranslation(string source)
{
    // Kafka's name, librdkafka's name. Those that mean the same in both are in SameInBoth.
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["metadata.broker.list"] = "bootstrap.servers",
        ["sasl.mechanism"] = "sasl.mechanisms",
        ["request.timeout.ms"] = "socket.timeout.ms",
        ["send.buffer.bytes"] = "socket.send.buffer.bytes",
        ["receive.buffer.bytes"] = "socket.receive.buffer.bytes",
    };

    private static readonly HashSet<string> SameInBoth = new(StringComparer.Ordinal)
    {
        "bootstrap.servers", "client.id", "client.rack", "security.protocol", "metadata.max.age.ms",
        "connections.max.idle.ms", "reconnect.backoff.ms", "reconnect.backoff.max.ms", "retry.backoff.ms",
        "client.dns.lookup", "sasl.mechanisms", "sasl.username", "sasl.password", "socket.timeout.ms",
        "socket.keepalive.enable", "socket.connection.setup.timeout.ms", "socket.nagle.disable", "broker.address.family", "enable.ssl.certificate.verification",
        "ssl.ca.location", "ssl.ca.pem", "ssl.certificate.location", "ssl.certificate.pem", "ssl.key.location",
        "ssl.key.pem", "ssl.key.password",
    };

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly TlsStores _stores = new(source);
    private readonly ClientTuning _tuning = new();
    private readonly List<string> _notes = [];

    public IReadOnlyList<string> Notes => _notes;

    public ClientTuning Tuning => _tuning;

    public void Add(PropertyEntry entry)
    {
        var value = entry.Value.Trim();
        if (entry.Key == "sasl.jaas.config")
        {
            AddLogin(value, entry.Line);
        }
        else if (entry.Key == "ssl.endpoint.identification.algorithm")
        {
            _settings[entry.Key] = value.Length == 0 ? "none" : value.ToLowerInvariant();
        }
        else if (TlsStores.Takes(entry.Key))
        {
            _stores.Add(entry);
        }
        else if (entry.Key == "security.protocol")
        {
            _settings[entry.Key] = Protocol(value, entry.Line);
        }
        else if (SameInBoth.Contains(entry.Key))
        {
            // A password's own blanks are part of it.
            _settings[entry.Key] = entry.Key.EndsWith("password", StringComparison.Ordinal) ? entry.Value : value;
        }
        else if (Renamed.TryGetValue(entry.Key, out var name))
        {
            _settings[name] = value;
        }
        else if (ClientTuning.PromiseAbout(entry.Key) is { } promise)
        {
            if (!promise.IsKeptBy(value))
            {
                _notes.Add($"{source}:{entry.Line}: {entry.Key}={value} is not used: {promise.Why}.");
            }
        }
        else if (!_tuning.Takes(entry.Key, value))
        {
            _notes.Add($"{source}:{entry.Line}: {entry.Key} is not used here.");
        }
    }

    public IReadOnlyDictionary<string, string> ToSettings()
    {
        _stores.AddTo(_settings);
        var sasl = _settings.GetValueOrDefault("security.protocol", "").StartsWith("SASL_", StringComparison.Ordinal);
        if (sasl && !_settings.ContainsKey("sasl.username"))
        {
            throw new ClientPropertiesException(
                $"{source}: security.protocol={_settings["security.protocol"]} needs a sasl.jaas.config "
                + "with username and password.");
        }

        if (sasl && !_settings.ContainsKey("sasl.mechanisms"))
        {
            throw new ClientPropertiesException(
                $"{source}: security.protocol={_settings["security.protocol"]} needs a sasl.mechanism, "
                + "such as SCRAM-SHA-512.");
        }

        if (!sasl && _settings.ContainsKey("sasl.username"))
        {
            throw new ClientPropertiesException(
                $"{source}: there is a user, but security.protocol is not SASL_PLAINTEXT or SASL_SSL.");
        }

        return _settings;
    }

    private string Protocol(string value, int line)
    {
        var protocol = value.ToUpperInvariant();
        return protocol is "PLAINTEXT" or "SSL" or "SASL_PLAINTEXT" or "SASL_SSL"
            ? protocol
            : throw new ClientPropertiesException(
                $"{source}:{line}: security.protocol is one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL.");
    }

    private void AddLogin(string value, int line)
    {
        JaasConfig jaas;
        try
        {
            jaas = JaasConfig.Parse(value);
        }
        catch (FormatException e)
        {
            throw new ClientPropertiesException($"{source}:{line}: sasl.jaas.config: {e.Message}.", e);
        }

        var module = jaas.LoginModule[(jaas.LoginModule.LastIndexOf('.') + 1)..];
        if (module is not ("ScramLoginModule" or "PlainLoginModule"))
        {
            throw new ClientPropertiesException(
                $"{source}:{line}: sasl.jaas.config: {module} is not supported; "
                + "ScramLoginModule and PlainLoginModule are.");
        }

        if (!jaas.Options.TryGetValue("username", out var user) || !jaas.Options.TryGetValue("password", out var password))
        {
            throw new ClientPropertiesException($"{source}:{line}: sasl.jaas.config needs username and password.");
        }

        _settings["sasl.username"] = user;
        _settings["sasl.password"] = password;
    }
}
