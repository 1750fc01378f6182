using Fink.Distribution.Configuration.Shell;

namespace Fink.Distribution.Configuration;

/// <summary>A value of a conf file and the line that set it.</summary>
public sealed record ConfValue(string Name, string Text, FilePosition Position);

/// <summary>Something of a conf file that was passed over; a warning when a value may be missing because of it.</summary>
public sealed record ConfNote(FilePosition Position, string Message, bool IsWarning);

/// <summary>
/// The original's fink.conf.distribution: a shell file of which the assignments are read and nothing is ever executed.
/// A variable that is set to nothing counts as not set.
/// </summary>
public sealed class ConfFile
{
    private readonly ShellVariables _variables;

    private ConfFile(string path, ShellVariables variables, IReadOnlyList<ConfNote> notes)
    {
        Path = path;
        _variables = variables;
        Notes = notes;
    }

    public string Path { get; }

    /// <summary>What was passed over, in the order of the file.</summary>
    public IReadOnlyList<ConfNote> Notes { get; }

    /// <exception cref="ConfigurationException">The file cannot be read as text, or a quote or loop is never closed.</exception>
    public static ConfFile Load(string path, IReadOnlyDictionary<string, string> environment) =>
        Parse(TextFile.Read(path, "conf file"), path, environment);

    /// <exception cref="ConfigurationException">A quote, bracket or loop that is never closed.</exception>
    public static ConfFile Parse(string text, string path, IReadOnlyDictionary<string, string> environment)
    {
        var (variables, notes) = ShellReader.Read(text, path, environment);
        return new ConfFile(path, variables, notes);
    }

    /// <summary>The value of a plain variable, or null when the file does not set it (or only a shell could).</summary>
    public ConfValue? Find(string name) =>
        _variables.Values.TryGetValue(name, out var value) && value.Text.Length > 0 ? value : null;

    /// <summary>The entries of an array, by index; empty when the file has none.</summary>
    public IReadOnlyList<ConfValue> FindArray(string name) =>
        _variables.Arrays.TryGetValue(name, out var entries) ? [.. entries.Values.Where(value => value.Text.Length > 0)] : [];

    /// <summary>Every variable and array entry (as NAME[i]) that the file sets, in the order of the file.</summary>
    public IReadOnlyList<ConfValue> All() =>
    [
        .. _variables.Values.Values
            .Concat(_variables.Arrays.Values.SelectMany(entries => entries.Values))
            .OrderBy(value => value.Position.Line),
    ];

    /// <summary>DISTRIBUTION_SERVERS, else the brokers of KAFKA_BROKER_IPPORT joined by commas, which is what the original's loop does.</summary>
    public ConfValue? DistributionServers =>
        Find("DISTRIBUTION_SERVERS")
        ?? (BrokerAddresses is [var first, ..] brokers
            ? new ConfValue("DISTRIBUTION_SERVERS", string.Join(',', brokers.Select(broker => broker.Text)), first.Position)
            : null);

    /// <summary>The topic that gets every alert, or those that <see cref="DistributionRulesXml"/> selects.</summary>
    public ConfValue? DistributionTopic => Find("DISTRIBUTION_TOPIC");

    /// <summary>The file to write the Avro schema to.</summary>
    public ConfValue? DistributionSchema => Find("DISTRIBUTION_SCHEMA");

    /// <summary><c>latest</c>, <c>earliest</c>, or milliseconds since 1970.</summary>
    public ConfValue? DistributionOffset => Find("DISTRIBUTION_OFFSET");

    public ConfValue? DistributionOffsetFile => Find("DISTRIBUTION_OFFSET_FILE");

    public ConfValue? DistributionRulesXml => Find("DISTRIBUTION_RULES_XML");

    public ConfValue? KafkaHome => Find("KAFKA_HOME");

    public ConfValue? FinkHome => Find("FINK_HOME");

    /// <summary>A file of Slack channels, one a line.</summary>
    public ConfValue? SlackChannels => Find("SLACK_CHANNELS");

    /// <summary>ZooKeeper's <c>host:port</c>.</summary>
    public ConfValue? ZooKeeperAddress => Find("ZK_IPPORT");

    /// <summary>The brokers' <c>host:port</c>, by index.</summary>
    public IReadOnlyList<ConfValue> BrokerAddresses => FindArray("KAFKA_BROKER_IPPORT");

    /// <summary>The brokers' properties files, by index.</summary>
    public IReadOnlyList<ConfValue> BrokerProperties => FindArray("KAFKA_BROKER_PROPERTIES");
}
