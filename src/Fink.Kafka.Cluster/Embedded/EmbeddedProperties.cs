using Fink.Kafka.Broker;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Embedded;

/// <summary>The listener that asks clients who they are.</summary>
/// <param name="Index">Its place among the listeners.</param>
/// <param name="Host">Where it listens.</param>
internal sealed record GuardedListener(int Index, string Host)
{
    /// <summary>Where clients come from, as ACLs name it.</summary>
    public string ClientHost => !new HostPort(Host, 1).IsLoopback ? Acls.Acl.AnyHost : Host.Contains(':') ? "0:0:0:0:0:0:0:1" : "127.0.0.1";
}

/// <summary>The broker's properties, put together: defaults, the file, the options, the overrides.</summary>
/// <param name="Said">What the user wrote to set a property: the start of a sentence about it. Not those that we set.</param>
internal sealed record EmbeddedProperties(IReadOnlyDictionary<string, string> ByName, IReadOnlyDictionary<string, string> Said)
{
    private const string Sasl = "SASL_";
    private const string DefaultAddress = "127.0.0.1:9093";

    /// <summary>The options that set a property, as one writes them.</summary>
    private static readonly Dictionary<string, string> Options = new()
    {
        ["listeners"] = "--listen PROTOCOL://HOST:PORT",
        ["advertised.listeners"] = "--advertise HOST",
        ["ssl.keystore.location"] = "--tls-cert FILE with --tls-key FILE",
    };

    /// <summary>Null where no listener asks.</summary>
    public GuardedListener? FirstGuarded
    {
        get
        {
            var protocols = Pairs(ByName.GetValueOrDefault("listener.security.protocol.map"))
                .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
            var listeners = ByName["listeners"].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < listeners.Length; i++)
            {
                var name = listeners[i].Split("://")[0];
                if (protocols.GetValueOrDefault(name, name).StartsWith(Sasl, StringComparison.OrdinalIgnoreCase))
                {
                    return new GuardedListener(i, HostOf(listeners[i]) is { Length: > 0 } host ? host : "0.0.0.0");
                }
            }

            return null;
        }
    }

    public static EmbeddedProperties Of(BrokerRunOptions options, TlsMaterial? tls)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(all, EmbeddedConfiguration.Defaults);
        Add(all, EmbeddedConfiguration.Guard);
        if (UserProperties.Read(options.PropertiesFile) is { } file)
        {
            Add(all, file);
            foreach (var name in file.Keys)
            {
                said[name] = $"{options.PropertiesFile}:{file.LineOf(name)}: {name}";
            }
        }

        var keyStore = new JavaProperties();
        EmbeddedConfiguration.AddKeyStore(keyStore, tls);
        Add(all, keyStore);
        if (options.Listeners.Count > 0)
        {
            all["listeners"] = string.Join(',', options.Listeners);
            said["listeners"] = "--listen";
            all.Remove("advertised.listeners");
        }

        all.TryAdd("listeners", $"{(tls is null ? "SASL_PLAINTEXT" : "SASL_SSL")}://{DefaultAddress}");
        foreach (var (name, value) in options.Overrides)
        {
            all[name] = value;
            said[name] = $"--override {name}";
        }

        if (options.Advertise is { } advertise)
        {
            all["advertised.listeners"] = string.Join(',', all["listeners"].Split(',', StringSplitOptions.TrimEntries).Select(listener => Advertised(listener, advertise)));
            said["advertised.listeners"] = "--advertise";
        }

        return new EmbeddedProperties(all, said);
    }

    /// <summary>The mistake in the words in which the user set the property, or could set it.</summary>
    public string Explain(ConfigurationMistake mistake) =>
        Said.TryGetValue(mistake.Property, out var said) ? $"{said} {mistake.Fault}"
        : Options.TryGetValue(mistake.Property, out var option) ? $"{mistake} (on the command line: {option})"
        : mistake.ToString();

    public static string Name(SecurityProtocol protocol) => protocol switch
    {
        SecurityProtocol.SaslPlaintext => "SASL_PLAINTEXT",
        SecurityProtocol.SaslSsl => "SASL_SSL",
        SecurityProtocol.Ssl => "SSL",
        _ => "PLAINTEXT",
    };

    /// <summary>Empty where the listener names none, or is none.</summary>
    public static string HostOf(string listener)
    {
        var address = listener[(listener.IndexOf("://", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..];
        var colon = address.LastIndexOf(':');
        return colon < 0 ? "" : address[..colon].Trim('[', ']');
    }

    private static string Advertised(string listener, string host)
    {
        var at = listener.IndexOf("://", StringComparison.Ordinal);
        var colon = listener.LastIndexOf(':');
        return at < 0 || colon <= at ? listener : $"{listener[..at]}://{(host.Contains(':') ? $"[{host}]" : host)}{listener[colon..]}";
    }

    private static IEnumerable<(string Name, string Value)> Pairs(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .Select(pair => (pair[0], pair[1]));

    private static void Add(Dictionary<string, string> all, JavaProperties more)
    {
        foreach (var key in more.Keys)
        {
            all[key] = more[key]!;
        }
    }
}
