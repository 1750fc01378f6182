namespace Fink.Distribution.Configuration;

/// <summary>A value of a conf file and the line that set it.</summary>
public sealed record ConfValue(string Name, string Text, FilePosition Position);

/// <summary>Something of a conf file that was passed over; a warning when a value may be missing because of it.</summary>
public sealed record ConfNote(FilePosition Position, string Message, bool IsWarning);

/// <summary>
/// The original's fink.conf.distribution: a shell file of which the assignments are read and nothing is ever executed.
/// </summary>
public sealed class ConfFile
{
    private ConfFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>What was passed over, in the order of the file.</summary>
    public IReadOnlyList<ConfNote> Notes { get; init; } = [];

    /// <exception cref="ConfigurationException">The file is not there or cannot be read as text.</exception>
    public static ConfFile Load(string path, IReadOnlyDictionary<string, string> environment) =>
        throw new NotImplementedException();

    /// <exception cref="ConfigurationException">A quote, loop or test that is never closed.</exception>
    public static ConfFile Parse(string text, string path, IReadOnlyDictionary<string, string> environment) =>
        throw new NotImplementedException();

    /// <summary>The value of a plain variable, or null when the file does not set it (or only a shell could).</summary>
    public ConfValue? Find(string name) => throw new NotImplementedException();

    /// <summary>The entries of an array, by index; empty when the file has none.</summary>
    public IReadOnlyList<ConfValue> FindArray(string name) => throw new NotImplementedException();

    /// <summary>Every variable and array entry (as NAME[i]) that the file sets, in the order of the file.</summary>
    public IReadOnlyList<ConfValue> All() => throw new NotImplementedException();

    /// <summary>DISTRIBUTION_SERVERS, else the brokers of KAFKA_BROKER_IPPORT joined by commas.</summary>
    public ConfValue? DistributionServers => throw new NotImplementedException();

    public ConfValue? DistributionTopic => Find("DISTRIBUTION_TOPIC");

    public ConfValue? DistributionSchema => Find("DISTRIBUTION_SCHEMA");

    /// <summary><c>latest</c>, <c>earliest</c>, or milliseconds since 1970.</summary>
    public ConfValue? DistributionOffset => Find("DISTRIBUTION_OFFSET");

    public ConfValue? DistributionOffsetFile => Find("DISTRIBUTION_OFFSET_FILE");

    public ConfValue? DistributionRulesXml => Find("DISTRIBUTION_RULES_XML");

    public ConfValue? ZooKeeperAddress => Find("ZK_IPPORT");

    public IReadOnlyList<ConfValue> BrokerAddresses => FindArray("KAFKA_BROKER_IPPORT");

    public IReadOnlyList<ConfValue> BrokerProperties => FindArray("KAFKA_BROKER_PROPERTIES");
}
