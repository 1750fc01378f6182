using System.Collections.Immutable;
using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Protocol.Values;
using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests.Configuration;

/// <summary>Compared with the definitions in Apache Kafka 3.9.1 itself.</summary>
public sealed class ConfigCatalogTests
{
    // What a single node without Kerberos and JKS has other defaults for.
    private static readonly string[] OtherDefaults =
        ["node.id", "broker.id", "sasl.enabled.mechanisms", "ssl.keystore.type"];

    private static readonly ILookup<string, KafkaConfig> Kafka =
        File.ReadLines(Golden.File("configs.txt")).Select(KafkaConfig.Parse).ToLookup(config => config.Kind);

    [Fact]
    public void Topics_have_every_configuration_of_Kafkas_with_its_type_and_default() =>
        Assert.Equal(
            Kafka["topic"].Select(config => (config.Name, config.Type, config.Default)),
            TopicConfigs.All.Select(config => Facts(config.Definition)).OrderBy(config => config.Name, StringComparer.Ordinal));

    [Fact]
    public void Brokers_have_Kafkas_types_defaults_and_the_same_may_change_while_they_run()
    {
        var served = BrokerConfigCatalog.All.ToDictionary(config => config.Name);
        foreach (var kafka in Kafka["broker"].Where(config => served.ContainsKey(config.Name) && !OtherDefaults.Contains(config.Name)))
        {
            var ours = served[kafka.Name];
            Assert.Equal((kafka.Name, kafka.Type, kafka.Default), Facts(ours.Definition));
            if (!kafka.Name.StartsWith("ssl.", StringComparison.Ordinal) && !IsFixedHere(kafka.Name))
            {
                Assert.True(kafka.IsDynamic == ours.IsDynamic, kafka.Name);
            }
        }
    }

    [Fact]
    public void Every_broker_property_of_Kafkas_is_served_ignored_or_refused_and_only_one_of_them()
    {
        foreach (var name in Kafka["broker"].Select(config => config.Name))
        {
            var places = new[]
            {
                BrokerConfigCatalog.Find(name) is not null, UnusedBrokerConfigs.IsIgnored(name),
                UnusedBrokerConfigs.Refusal(name) is not null,
            };
            Assert.True(places.Count(place => place) == 1, $"{name}: {string.Join(' ', places)}");
        }
    }

    [Fact]
    public void What_Kafka_changes_while_it_runs_can_be_set_here_too_but_for_what_would_promise_something()
    {
        var refused = Kafka["broker"]
            .Where(config => config.IsDynamic && BrokerConfigCatalog.Find(config.Name) is not { IsDynamic: true });

        Assert.All(refused, config => Assert.True(
            IsFixedHere(config.Name)
                || config.Name.StartsWith("ssl.", StringComparison.Ordinal)
                || UnusedBrokerConfigs.Refusal(config.Name) is not null
                || config.Name is "metric.reporters" or "sasl.mechanism.inter.broker.protocol",
            config.Name));
    }

    [Fact]
    public void Every_default_is_a_value_that_may_be_given()
    {
        var definitions = TopicConfigs.All.Select(c => c.Definition).Concat(BrokerConfigCatalog.All.Select(c => c.Definition));
        Assert.All(definitions, definition => Assert.Null(definition.Default is { } value ? definition.Complaint(value) : null));
    }

    [Theory]
    [InlineData("retention.ms", "abc", "Invalid value abc for configuration retention.ms: Not a number of type LONG")]
    [InlineData("retention.ms", "-2", "Invalid value -2 for configuration retention.ms: Value must be at least -1")]
    [InlineData("segment.bytes", "3000000000", "Invalid value 3000000000 for configuration segment.bytes: Not a number of type INT")]
    [InlineData("min.cleanable.dirty.ratio", "NaN", "Invalid value NaN for configuration min.cleanable.dirty.ratio: Not a number of type DOUBLE")]
    [InlineData("preallocate", "yes", "Invalid value yes for configuration preallocate: Expected value to be either true or false")]
    [InlineData("cleanup.policy", "compact,erase", "Invalid value compact,erase for configuration cleanup.policy: String must be one of: compact, delete")]
    public void A_wrong_value_is_named_with_what_is_wrong(string name, string value, string complaint) =>
        Assert.Equal(complaint, TopicConfigs.Find(name)!.Definition.Complaint(value));

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var mistakes = Assert.Throws<BrokerConfigurationException>(() => BrokerConfigs.Parse(new Dictionary<string, string>
        {
            ["num.partition"] = "4",
            ["zookeeper.connect"] = "localhost:2181",
            ["num.partitions"] = "0",
            ["num.network.threads"] = "3",
            ["zorglub"] = "3",
            ["ssl.keystore.type"] = "JKS",
        })).Mistakes.Select(mistake => $"{mistake}").ToArray();

        Assert.Equal(5, mistakes.Length);
        Assert.Contains("num.partition is no broker property; did you mean num.partitions?", mistakes);
        Assert.Contains(mistakes, mistake => mistake.StartsWith("zorglub is no broker property: write one of Kafka's", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith("zookeeper.connect cannot be set", StringComparison.Ordinal));
    }

    [Fact]
    public void A_topics_value_is_its_own_then_the_brokers_then_the_default()
    {
        var broker = BrokerConfigs.Parse(new Dictionary<string, string> { ["log.retention.hours"] = "1" });
        var none = ImmutableDictionary<string, string>.Empty;

        Assert.Equal(TimeSpan.FromDays(7), new TopicConfigValues(none, BrokerConfigs.Defaults).Retention);
        Assert.Equal(TimeSpan.FromHours(1), new TopicConfigValues(none, broker).Retention);
        var byMinutes = broker.With(none, none.Add("log.retention.ms", "5"));
        Assert.Equal(TimeSpan.FromMilliseconds(5), new TopicConfigValues(none, byMinutes).Retention);
        Assert.Null(new TopicConfigValues(none.Add("retention.ms", "-1"), byMinutes).Retention);
        Assert.Null(new TopicConfigValues(
            none, BrokerConfigs.Parse(new Dictionary<string, string> { ["log.retention.hours"] = "-1" })).Retention);
    }

    [Fact]
    public void A_description_tells_where_a_value_comes_from()
    {
        var none = ImmutableDictionary<string, string>.Empty;
        var broker = BrokerConfigs.Parse(new Dictionary<string, string> { ["message.max.bytes"] = "10" })
            .With(none.Add("message.max.bytes", "20"), none);

        var entry = ConfigDescriptions.OfTopic(none.Add("max.message.bytes", "30"), broker).Single(e => e.Name == "max.message.bytes");

        Assert.Equal(("30", ConfigSource.DynamicTopicConfig), (entry.Value, entry.Source));
        Assert.Equal(
            [
                new("max.message.bytes", "30", ConfigSource.DynamicTopicConfig),
                new("message.max.bytes", "20", ConfigSource.DynamicBrokerConfig),
                new("message.max.bytes", "10", ConfigSource.StaticBrokerConfig),
                new ConfigSynonym("message.max.bytes", "1048588", ConfigSource.DefaultConfig),
            ],
            entry.Synonyms);
    }

    [Fact]
    public void A_secret_is_described_without_its_value()
    {
        var broker = BrokerConfigs.Parse(new Dictionary<string, string> { ["ssl.key.password"] = "hush" });

        var entry = ConfigDescriptions.OfBroker(broker).Single(e => e.Name == "ssl.key.password");

        Assert.True(entry.IsSensitive);
        Assert.Null(entry.Value);
        Assert.DoesNotContain(entry.Synonyms, synonym => synonym.Value is not null);
    }

    [Fact]
    public void Everything_that_is_described_can_tell_what_it_does() =>
        Assert.All(
            TopicConfigs.All.Select(config => config.Name).Concat(BrokerConfigCatalog.All.Select(config => config.Name)),
            name => Assert.EndsWith(".", ConfigDocumentation.Of(name), StringComparison.Ordinal));

    [Fact]
    public void What_has_no_effect_says_so_and_stands_in_the_page_on_compatibility()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "kafka-compatibility.md"));
        string[] names =
        [
            .. TopicConfigs.All.Where(config => !config.IsHonoured).Select(config => config.Name),
            .. BrokerConfigCatalog.All.Where(config => !config.IsHonoured).Select(config => config.Name),
        ];

        Assert.All(names, name => Assert.EndsWith("Without effect on this broker.", ConfigDocumentation.Of(name), StringComparison.Ordinal));
        Assert.All(names, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("delete.retention.ms")]
    [InlineData("file.delete.delay.ms")]
    [InlineData("flush.ms")]
    [InlineData("max.compaction.lag.ms")]
    [InlineData("min.cleanable.dirty.ratio")]
    [InlineData("min.compaction.lag.ms")]
    [InlineData("segment.jitter.ms")]
    public void What_belongs_to_compaction_and_to_what_is_not_done_is_not_promised(string name) =>
        Assert.False(TopicConfigs.Find(name)!.IsHonoured);

    [Fact]
    public void A_broker_property_without_effect_here_is_named_as_Kafka_names_it()
    {
        var entry = ConfigDescriptions.OfTopic([], BrokerConfigs.Defaults).Single(e => e.Name == "min.insync.replicas");

        Assert.Equal([new ConfigSynonym("min.insync.replicas", "1", ConfigSource.DefaultConfig)], entry.Synonyms);
    }

    // Listeners and certificates are opened at the start, and stay.
    private static bool IsFixedHere(string name) =>
        name is "listeners" or "advertised.listeners" or "listener.security.protocol.map" or "sasl.enabled.mechanisms";

    private static (string Name, string Type, string? Default) Facts(ConfigDefinition definition) =>
        (definition.Name, definition.Type.ToString().ToUpperInvariant(), definition.Default);

    private sealed record KafkaConfig(string Kind, string Name, string Type, bool IsDynamic, string? Default)
    {
        public static KafkaConfig Parse(string line)
        {
            var words = line.Split(' ', 5);
            return new KafkaConfig(words[0], words[1], words[2], bool.Parse(words[3]), words[4] == "null" ? null : words[4][1..^1]);
        }
    }
}
