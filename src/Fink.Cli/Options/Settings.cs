using System.CommandLine;
using System.CommandLine.Parsing;
using Fink.Cli.Errors;
using Fink.Distribution.Configuration;
using Fink.Kafka.Cluster;

namespace Fink.Cli.Options;

/// <summary>Every value that commands go by: from the flag, else the environment, else the conf file, else the default.</summary>
internal sealed class Settings
{
    private readonly ParseResult _parse;
    private readonly Surroundings _surroundings;
    private readonly Lazy<ConfFile?> _file;

    /// <param name="onNote">Told what the conf file holds that was passed over, once, when the file is first read.</param>
    public Settings(ParseResult parse, Surroundings surroundings, Action<ConfNote>? onNote = null)
    {
        _parse = parse;
        _surroundings = surroundings;
        _file = new Lazy<ConfFile?>(() => Load(onNote));
        Conf = FromFlagOrVariable("conf", "--conf", "FINK_KAFKA_CONF") ?? new Setting("conf", DefaultConf(), Setting.Default);
    }

    public Setting Conf { get; }

    /// <exception cref="ConfigurationException"/>
    public ConfFile? File => _file.Value;

    /// <exception cref="UsageException">The flag is empty, as a variable that was not set: it must not mean the folder where the command runs.</exception>
    public Setting DataDir => FromFlagOrVariable("dataDir", "--data-dir", "FINK_KAFKA_DATA_DIR") is { } given
        ? string.IsNullOrWhiteSpace(given.Value) ? throw new UsageException($"{given.Origin} is empty: give a folder") : given
        : new Setting("dataDir", ClusterLayout.DefaultDataDir(_surroundings.Variable), Setting.Default);

    public Setting BootstrapServers => Resolve("bootstrapServers", "--bootstrap-server", "FINK_KAFKA_BOOTSTRAP_SERVER", file => file.DistributionServers);

    public Setting CommandConfig => Resolve("commandConfig", "--command-config", "FINK_KAFKA_COMMAND_CONFIG");

    public Setting Output => Resolve("output", "--output", "FINK_KAFKA_OUTPUT") is { Value: not null } set
        ? set
        : new Setting("output", "table", Setting.Default);

    public Setting Timeout => Resolve("timeout", "--timeout", "FINK_KAFKA_TIMEOUT") is { Value: not null } set
        ? set
        : new Setting("timeout", "30s", Setting.Default);

    public Setting KafkaHome => Resolve("kafkaHome", null, "KAFKA_HOME", file => file.Find("KAFKA_HOME"));

    public Setting FinkHome => Resolve("finkHome", null, "FINK_HOME", file => file.Find("FINK_HOME"));

    public Setting ZooKeeper => Resolve("zookeeper", null, "ZK_IPPORT", file => file.ZooKeeperAddress);

    /// <summary>Brokers of a cluster on this machine, joined by commas.</summary>
    public Setting Brokers => Joined("brokers", file => file.BrokerAddresses);

    public Setting BrokerProperties => Joined("brokerProperties", file => file.BrokerProperties);

    public Setting Rules => Resolve("rules", "--rules", "FINK_KAFKA_RULES", file => file.DistributionRulesXml);

    public Setting Source => Resolve("source", "--source", "FINK_KAFKA_SOURCE");

    public Setting Topic => Resolve("distributionTopic", null, "DISTRIBUTION_TOPIC", file => file.DistributionTopic);

    public Setting SchemaFile => Resolve("distributionSchema", "--schema", "DISTRIBUTION_SCHEMA", file => file.DistributionSchema);

    public Setting Offset => Resolve("distributionOffset", null, "DISTRIBUTION_OFFSET", file => file.DistributionOffset);

    public Setting OffsetFile => Resolve("distributionOffsetFile", null, "DISTRIBUTION_OFFSET_FILE", file => file.DistributionOffsetFile);

    /// <summary>A secret: <c>config show</c> masks it.</summary>
    public Setting SlackApiToken => Resolve("slackApiToken", null, "SLACK_API_TOKEN", file => file.Find("SLACK_API_TOKEN"));

    public Setting SlackApiUrl => Resolve("slackApiUrl", null, "SLACK_API_URL", file => file.Find("SLACK_API_URL"));

    public Setting SlackChannels => Resolve("slackChannels", "--channels", "SLACK_CHANNELS", file => file.SlackChannels);

    /// <summary>The whole list, in the order in which <c>config show</c> prints it.</summary>
    public IReadOnlyList<Setting> All =>
    [
        Conf, BootstrapServers, CommandConfig, DataDir, Output, Timeout, FinkHome, KafkaHome, ZooKeeper, Brokers, BrokerProperties,
        Source, Rules, Topic, SchemaFile, Offset, OffsetFile, SlackApiToken, SlackApiUrl, SlackChannels,
    ];

    /// <summary>A path that the user wrote, from the folder where the command runs.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, _surroundings.Directory);

    private Setting Resolve(string name, string? flag, string? variable, Func<ConfFile, ConfValue?>? conf = null)
    {
        if (FromFlagOrVariable(name, flag, variable) is { } given)
        {
            return given;
        }

        return conf is not null && File is { } file && conf(file) is { } value
            ? new Setting(name, value.Text, value.Position.ToString())
            : new Setting(name, null, Setting.Default);
    }

    private Setting Joined(string name, Func<ConfFile, IReadOnlyList<ConfValue>> entries) =>
        File is { } file && entries(file) is { Count: > 0 } found
            ? new Setting(name, string.Join(',', found.Select(entry => entry.Text)), found[0].Position.ToString())
            : new Setting(name, null, Setting.Default);

    private Setting? FromFlagOrVariable(string name, string? flag, string? variable)
    {
        if (flag is not null && FlagText(flag) is { } text)
        {
            return new Setting(name, text, flag);
        }

        return variable is not null && _surroundings.Variable(variable) is { } value
            ? new Setting(name, value, $"environment {variable}")
            : null;
    }

    private string? FlagText(string flag)
    {
        for (SymbolResult? result = _parse.CommandResult; result is CommandResult command; result = command.Parent)
        {
            var option = command.Command.Options.FirstOrDefault(option => option.Name == flag);
            if (option is not null && _parse.GetResult(option) is { Implicit: false, Tokens: [.., var last] })
            {
                return last.Value;
            }
        }

        return null;
    }

    private string? DefaultConf()
    {
        var path = _surroundings.Variable("FINK_HOME") is { } home ? Path.Combine(home, "conf", "fink.conf.distribution") : null;
        return System.IO.File.Exists(path) ? path : null;
    }

    private ConfFile? Load(Action<ConfNote>? onNote)
    {
        if (Conf.Value is not { } path)
        {
            return null;
        }

        var file = ConfFile.Load(FullPath(path), _surroundings.Environment);
        foreach (var note in file.Notes)
        {
            onNote?.Invoke(note);
        }

        return file;
    }
}
