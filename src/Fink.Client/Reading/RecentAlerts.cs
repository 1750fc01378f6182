namespace Fink.Client.Reading;

/// <summary>The ids of the last alerts of each topic: a bounded window, in which one that comes again is a duplicate.</summary>
internal sealed class RecentAlerts(int window, CommitMode commit)
{
    private readonly Dictionary<string, (Dictionary<string, AlertPosition> Known, Queue<string> InOrder)> _topics = new(StringComparer.Ordinal);

    public void Forget() => _topics.Clear();

    /// <summary>
    /// Whether the alert is new; it is remembered. One without an id cannot be told from others, and is new. So is, to who
    /// commits by hand, the very message once more: another member had it meanwhile, and nobody has committed it.
    /// </summary>
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

        if (!recent.Known.TryAdd(id, alert.Position))
        {
            return commit == CommitMode.Manual && recent.Known[id] == alert.Position;
        }

        recent.InOrder.Enqueue(id);
        if (recent.InOrder.Count > window)
        {
            recent.Known.Remove(recent.InOrder.Dequeue());
        }

        return true;
    }
}
