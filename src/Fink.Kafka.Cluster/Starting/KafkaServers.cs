using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Readiness;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>Apache Kafka's brokers, and ZooKeeper before them where the mode has it.</summary>
internal sealed class KafkaServers : IServers
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    private readonly ClusterPlan _plan;
    private readonly KafkaHome _home;
    private readonly ClusterLayout _layout;
    private readonly Func<string, string?> _environment;
    private readonly TimeProvider _time;
    private readonly IProgress<string>? _progress;
    private readonly TimeSpan _patience;
    private readonly InternalNetwork _network;
    private readonly KafkaFiles _files;

    /// <param name="patience">How long ZooKeeper may take until it listens.</param>
    public KafkaServers(
        ClusterPlan plan, KafkaHome home, ClusterLayout layout, TimeSpan patience,
        Func<string, string?> environment, TimeProvider time, IProgress<string>? progress)
    {
        (_plan, _home, _layout, _patience, _environment, _time, _progress) = (plan, home, layout, patience, environment, time, progress);
        var ports = PortOwner.FindFreeLoopbackPorts(plan.Brokers.Count + 1);
        _network = new InternalNetwork([.. ports.Skip(1)], ports[0], Passwords.Generate());
        _files = new KafkaFiles(plan, home, layout, _network);
    }

    public string Version => _home.Version.ToString();

    public void RequireRunnable() => JavaRuntime.Find(_environment);

    public string? NewClusterId() => _plan.Mode == ClusterMode.Kraft ? StorageFormat.NewClusterId() : null;

    /// <summary>Users are made through the listener that the brokers use among themselves, so no password is needed before.</summary>
    public IReadOnlyList<string> Write(TlsMaterial? tls, FirstPasswords? newUsers) => _files.Write(tls);

    public async Task StartAsync(StartedServers started, string? clusterId, CancellationToken cancellationToken)
    {
        var commands = new KafkaCommands(_home, JavaRuntime.Find(_environment), _layout.DataDir, _environment);
        if (_plan.ZooKeeper is { } address)
        {
            await StartZooKeeperAsync(started, commands, address, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _progress?.Report("formatting the brokers' folders");
            await new StorageFormat(_plan, _layout, commands, _files).FormatAsync(clusterId!, cancellationToken).ConfigureAwait(false);
        }

        foreach (var broker in _plan.Brokers)
        {
            _progress?.Report($"starting {broker.Name} on {broker.Listen}");
            started.Start(
                broker.Name, $"{broker.Listen}",
                commands.Broker(_layout.ConfigFile(broker.Name), _layout.ProcessLogsDir(broker.Name), _files.Log4j(broker.Name), _files.BrokerJaas));
        }
    }

    public SetupLogin Setup() => new(
        [.. _network.BrokerPorts.Select(port => new HostPort("127.0.0.1", port))], BrokerLogin.Internal(_network.Secret), RefusedIsReady: false, HasUsers: false);

    /// <summary>
    /// A broker that was killed leaves its place in ZooKeeper taken until its session is over, and one that finds its
    /// place taken gives up. Then it is tried again; for any other reason not.
    /// </summary>
    public async Task<bool> ReviveAsync(StartedServers started, ProcessRecord server, CancellationToken cancellationToken)
    {
        if (_plan.ZooKeeper is null || !LastWords.Of(_layout, server.Name).Any(line => line.Contains("NodeExistsException", StringComparison.Ordinal)))
        {
            return false;
        }

        _progress?.Report($"{server.Name}: ZooKeeper still keeps the place of its last run, trying again");
        await Task.Delay(BetweenTries, _time, cancellationToken).ConfigureAwait(false);
        started.Restart(server);
        return true;
    }

    private Task StartZooKeeperAsync(StartedServers started, KafkaCommands commands, HostPort address, CancellationToken cancellationToken)
    {
        _progress?.Report($"starting ZooKeeper on {address}");
        started.Start(
            KafkaFiles.ZooKeeper, $"{address}",
            commands.ZooKeeper(
                _layout.ConfigFile(KafkaFiles.ZooKeeper), _layout.ProcessLogsDir(KafkaFiles.ZooKeeper),
                _files.Log4j(KafkaFiles.ZooKeeper), _files.ZooKeeperServerJaas));
        return new ReadinessWatch(_layout, _time).UntilAsync(
            async token => await PortProbe.ListensAsync(address, token).ConfigureAwait(false) ? null : $"nothing listens on {address}",
            started.Running, (server, token) => ReviveAsync(started, server, token), _patience, cancellationToken);
    }
}
