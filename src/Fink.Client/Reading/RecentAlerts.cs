namespace Fink.Client.Reading;

/// <summary>The ids of the last alerts of each topic: a bounded window, in which one that comes again is a duplicate.</summary>
internal sealed class RecentAlerts(int window)
{
    private readonly Dictionary<string, (HashSet<string> Known, Queue<string> InOrder)> _topics = new(StringComparer.Ordinal);

    public void Forget() => _topics.Clear();

    /// <summary>Whether the alert is new; it is remembered. One without an id cannot be told from others, and is new.</summary>
    public bool Add(Alert alert)
    {
        if (window == 0 || alert.AlertId is not { } id)
        {
            return true;
        }

        if (!_topics.TryGetValue(alert.Topic, out var recent))
        {
            _topics[alert.Topic] = recent = (new(StringComparer.Ordinal), new());
        }

        if (!recent.Known.Add(id))
        {
            return false;
        }

        recent.InOrder.Enqueue(id);
        if (recent.InOrder.Count > window)
        {
            recent.Known.Remove(recent.InOrder.Dequeue());
        }

        return true;
    }
}
