namespace Fink.Slack;

/// <summary>The channels that get alerts, from a file as the original's SLACK_CHANNELS: one name a line, <c>#</c> starts a comment.</summary>
public sealed class ChannelList
{
    private readonly HashSet<string> _names;

    private ChannelList(IEnumerable<string> names) => _names = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _names.Count == 0;

    /// <exception cref="IOException">Also <see cref="UnauthorizedAccessException"/>: it cannot be read.</exception>
    /// <exception cref="FormatException">A line has more than a name.</exception>
    public static ChannelList Load(string path) => Parse(File.ReadAllText(path));

    /// <exception cref="FormatException">A line has more than a name.</exception>
    public static ChannelList Parse(string text) =>
        new(text.Split('\n').Select((line, index) => NameIn(line, index + 1)).Where(name => name.Length > 0));

    /// <param name="channel">Without #.</param>
    public bool Contains(string channel) => _names.Contains(channel);

    private static string NameIn(string line, int number)
    {
        var name = line.Split('#')[0].Trim();
        return name.Any(char.IsWhiteSpace) ? throw new FormatException($"line {number}, '{name}', is no channel's name: give one a line") : name;
    }
}
