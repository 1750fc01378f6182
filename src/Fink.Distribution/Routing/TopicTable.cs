using Fink.Distribution.Configuration;

namespace Fink.Distribution.Routing;

/// <summary>The topics of a run, in the order in which alerts first met them. Grows on the thread that reads.</summary>
/// <param name="only">Names that are let through; empty for all.</param>
internal sealed class TopicTable(IReadOnlyCollection<string> only)
{
    private readonly Dictionary<string, AlertTopic> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _only = new(only, StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public int Count => _byName.Count;

    /// <summary>The topic of that name, or null when this run leaves it out.</summary>
    public AlertTopic? Find(string name, TopicSettings settings)
    {
        if (_only.Count > 0 && !_only.Contains(name))
        {
            return null;
        }

        lock (_lock)
        {
            if (!_byName.TryGetValue(name, out var topic))
            {
                topic = new AlertTopic(_byName.Count, name, settings);
                _byName.Add(name, topic);
            }

            return topic;
        }
    }

    /// <summary>What each topic got so far, by name; any thread may ask.</summary>
    public IReadOnlyList<TopicCount> Counts()
    {
        lock (_lock)
        {
            return [.. _byName.Values.Select(topic => topic.Count()).OrderBy(topic => topic.Topic, StringComparer.Ordinal)];
        }
    }
}
