using Fink.Distribution.Configuration;

namespace Fink.Distribution.Distributing;

/// <summary>A topic that a run is limited to must be one that rules can give.</summary>
internal static class OnlyTopicsCheck
{
    /// <exception cref="ConfigurationException">Every topic that no rule gives.</exception>
    public static void Check(DistributionOptions options)
    {
        var names = options.Rules.Topics.OfType<NamedTopicRule>().Select(rule => rule.Name).ToList();
        var classes = options.Rules.Topics.OfType<ClassTopicRule>().ToList();
        var unknown = options.OnlyTopics.Where(topic => !names.Contains(topic) && !classes.Exists(rule => rule.CanGive(topic)))
            .Select(topic => new ConfigurationMistake(
                null, $"no rule of {options.Rules.Origin} sends to topic '{topic}'{NearMatches.Hint(topic, names)}"))
            .ToList();
        if (unknown.Count > 0)
        {
            throw new ConfigurationException(unknown);
        }
    }
}
