using Fink.Distribution.Configuration;

namespace Fink.Distribution.Routing;

/// <summary>
/// A topic that alerts were routed to in this run, and how they fared. <see cref="Matched"/> and <see cref="IsAnnounced"/> are written by the thread that
/// reads, the rest by the one that sends.
/// </summary>
internal sealed class AlertTopic(int index, string name, TopicSettings settings)
{
    public int Index { get; } = index;

    public string Name { get; } = name;

    /// <summary>What it is made with, by the first rule that names it.</summary>
    public TopicSettings Settings { get; } = settings;

    /// <summary>Whether the sender has been told of it.</summary>
    public bool IsAnnounced { get; set; }

    public long Matched { get; set; }

    public long Sent { get; set; }

    public long Failed { get; set; }

    public TopicCount Count() => new(Name, Matched, Sent, Failed);
}
