namespace Fink.Kafka.Broker.Configuration;

/// <summary>A configuration of topics, and the broker properties that give topics without it their value.</summary>
/// <param name="Synonyms">The first one that is set counts.</param>
/// <param name="IsHonoured">False: accepted, kept and shown, without effect here.</param>
internal sealed record TopicConfig(ConfigDefinition Definition, IReadOnlyList<BrokerSynonym> Synonyms, bool IsHonoured)
{
    public string Name => Definition.Name;
}

/// <param name="Factor">A broker's hours in a topic's milliseconds.</param>
internal sealed record BrokerSynonym(string Name, long Factor = 1);
