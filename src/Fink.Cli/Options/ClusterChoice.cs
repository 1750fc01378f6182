using Fink.Cli.Errors;
using Fink.Kafka;
using Fink.Kafka.Acls;
using Fink.Kafka.Cluster;
using Fink.Kafka.Properties;

namespace Fink.Cli.Options;

/// <summary>Which cluster a command speaks to, and as whom.</summary>
internal sealed class ClusterChoice
{
    private readonly Settings _settings;
    private readonly Action<string> _note;
    private readonly Lazy<ClusterDescription?> _local;

    public ClusterChoice(Settings settings, Surroundings surroundings, Action<string> note)
    {
        _settings = settings;
        _note = note;
        Local = new LocalCluster(settings.FullPath(settings.DataDir.Value!), surroundings.Variable, surroundings.Time);
        _local = new Lazy<ClusterDescription?>(Local.Describe);
    }

    /// <summary>The cluster of the data folder, whether there is one or not.</summary>
    public LocalCluster Local { get; }

    public TimeSpan Timeout => Duration.TryParse(_settings.Timeout.Value!, out var timeout) && timeout > TimeSpan.Zero
        ? timeout
        : throw new UsageException($"'{_settings.Timeout.Value}' ({_settings.Timeout.Origin}) is not a time: give seconds, or a number with ms, s, m or h");

    /// <param name="firstUser">Who to be on our own cluster: <c>admin</c>, <c>finkProducer</c> or <c>finkConsumer</c>.</param>
    /// <exception cref="UsageException">Client properties are given that are not there.</exception>
    /// <exception cref="CommandFailedException">No cluster is named, and none was started here.</exception>
    public KafkaConnection Connect(string firstUser)
    {
        var given = _settings.CommandConfig.Value is { } file ? ClientProperties.Load(_settings.FullPath(file)) : null;
        var servers = Servers(given);
        var properties = given ?? OwnCredentials(servers, firstUser) ?? ClientProperties.Plaintext;
        foreach (var note in properties.Notes)
        {
            _note(note);
        }

        return new KafkaConnection(servers, properties, Timeout);
    }

    /// <summary>What no client can ask a broker, read from the data folder where the cluster is our own.</summary>
    public AuthorizerSettings AuthorizerOf(KafkaConnection connection, IReadOnlyList<string> superUsers, bool allowIfNoAcl) =>
        IsOwn(connection.BootstrapServers) && _local.Value is { } own
            ? new AuthorizerSettings([.. own.SuperUsers, .. superUsers], own.AllowEveryoneIfNoAclFound || allowIfNoAcl, AreKnown: true)
            : new AuthorizerSettings(superUsers, allowIfNoAcl, AreKnown: false);

    private string Servers(ClientProperties? given)
    {
        var named = _settings.BootstrapServers;
        var isFolderMeant = _settings.DataDir.Origin == "--data-dir" && named.Origin != "--bootstrap-server";
        if (!isFolderMeant && (named.Value ?? given?.BootstrapServers) is { } servers)
        {
            return servers;
        }

        return _local.Value?.BootstrapServers ?? throw new CommandFailedException(
            $"no cluster: none is named, and none was started in {_settings.DataDir.Value}. Give --bootstrap-server, or run fink-kafka start",
            ExitCode.Unreachable);
    }

    private ClientProperties? OwnCredentials(string servers, string user) =>
        IsOwn(servers) && _local.Value!.Credentials.TryGetValue(user, out var file) ? ClientProperties.Load(file) : null;

    private bool IsOwn(string servers) =>
        _local.Value is { } own && Addresses(servers).Overlaps(Addresses(own.BootstrapServers));

    private static HashSet<string> Addresses(string servers) =>
        [.. servers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(address => address.Replace("localhost:", "127.0.0.1:", StringComparison.OrdinalIgnoreCase))];
}
