using System.Collections.Immutable;
using System.Globalization;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Configuration;

/// <summary>
/// The broker's properties in three layers over the defaults: what was set over the wire for this broker, for all brokers, and what
/// it was started with. Immutable; every value in it is valid.
/// </summary>
internal sealed class BrokerConfigs
{
    private readonly (ConfigSource Source, ImmutableDictionary<string, string> Values)[] _layers;

    private BrokerConfigs(
        ImmutableDictionary<string, string> forBroker,
        ImmutableDictionary<string, string> forAll,
        ImmutableDictionary<string, string> atStart)
    {
        _layers =
        [
            (ConfigSource.DynamicBrokerConfig, forBroker), (ConfigSource.DynamicDefaultBrokerConfig, forAll), (ConfigSource.StaticBrokerConfig, atStart),
        ];
    }

    /// <summary>Nothing set: Kafka's defaults.</summary>
    public static BrokerConfigs Defaults { get; } = Parse(ImmutableDictionary<string, string>.Empty);

    /// <summary>What a broker is started with.</summary>
    /// <exception cref="BrokerConfigurationException">Every unknown name (with near matches), refused one and wrong value.</exception>
    public static BrokerConfigs Parse(IReadOnlyDictionary<string, string> properties)
    {
        List<ConfigurationMistake> mistakes = [.. properties
            .Select(property => (Name: property.Key, Fault: Fault(property.Key, property.Value)))
            .Where(property => property.Fault is not null)
            .Select(property => new ConfigurationMistake(property.Name, property.Fault!))];
        if (mistakes.Count > 0) throw new BrokerConfigurationException(mistakes);

        var used = properties.Where(property => BrokerConfigCatalog.Find(property.Key) is not null)
            .ToImmutableDictionary(property => property.Key, property => property.Value.Trim());
        return new BrokerConfigs(ImmutableDictionary<string, string>.Empty, ImmutableDictionary<string, string>.Empty, used);
    }

    public BrokerConfigs With(ImmutableDictionary<string, string> forBroker, ImmutableDictionary<string, string> forAll) =>
        new(forBroker, forAll, _layers[2].Values);

    /// <summary>The value that counts; null where nothing is set and there is no default.</summary>
    public string? Value(string name) => SetValue(name) ?? Definition(name).Default;

    /// <summary>The value of the highest layer that has one.</summary>
    public string? SetValue(string name)
    {
        foreach (var layer in _layers)
        {
            if (layer.Values.TryGetValue(name, out var value)) return value;
        }

        return null;
    }

    public bool Flag(string name) => bool.Parse(Required(name));

    public int Int(string name) => int.Parse(Required(name), CultureInfo.InvariantCulture);

    public long Long(string name) => long.Parse(Required(name), CultureInfo.InvariantCulture);

    public TimeSpan Milliseconds(string name) => ConfigTime.OfMilliseconds(Long(name));

    public IReadOnlyList<string> Items(string name) => [.. ConfigDefinition.Items(Value(name) ?? "")];

    /// <summary>Everything that gives one of the names a value: layer by layer, in each in the order of the names.</summary>
    public IEnumerable<ConfigSynonym> Sources(IReadOnlyCollection<string> names)
    {
        foreach (var (source, values) in _layers)
        {
            foreach (var name in names)
            {
                if (values.TryGetValue(name, out var value)) yield return new ConfigSynonym(name, value, source);
            }
        }

        foreach (var name in names)
        {
            if (BrokerConfigCatalog.Find(name)?.Definition.Default is { } value)
            {
                yield return new ConfigSynonym(name, value, ConfigSource.DefaultConfig);
            }
        }
    }

    private static string? Fault(string name, string value)
    {
        if (BrokerConfigCatalog.Find(name) is { } config)
        {
            return config.Definition.Complaint(value) is { } complaint ? $"is not taken: {complaint}" : null;
        }

        if (UnusedBrokerConfigs.Refusal(name) is { } why) return $"cannot be set: {why}";
        if (UnusedBrokerConfigs.IsIgnored(name)) return null;

        var near = NearMatches.Of(name, BrokerConfigCatalog.All.Select(config => config.Name));
        return near.Count > 0
            ? $"is no broker property; did you mean {string.Join(" or ", near)}?"
            : "is no broker property: write one of Kafka's, as https://kafka.apache.org/documentation/#brokerconfigs lists them, or leave it out";
    }

    private static ConfigDefinition Definition(string name) =>
        BrokerConfigCatalog.Find(name)?.Definition ?? throw new ArgumentException($"no broker property is called {name}", nameof(name));

    private string Required(string name) =>
        Value(name) ?? throw new InvalidOperationException($"the broker property {name} has no value");
}
