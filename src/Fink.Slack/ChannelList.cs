namespace Fink.Slack;

/// <summary>The channels that get alerts, from a file as the original's SLACK_CHANNELS: one name a line, <c>#</c> starts a comment.</summary>
public sealed class ChannelList
{
    private readonly HashSet<string> _names;

    private ChannelList(IEnumerable<string> names) => _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _names.Count == 0;

    /// <exception cref="IOException">Also <see cref="UnauthorizedAccessException"/>: it cannot be read.</exception>
    public static ChannelList Load(string path) => Parse(File.ReadAllText(path));

    public static ChannelList Parse(string text) =>
        new(text.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(name => name.Length > 0));

    /// <param name="channel">Without #.</param>
    public bool Contains(string channel) => _names.Contains(channel);
}
