using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Readiness;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>One start, from a decided plan to a cluster that answers. On any failure nothing of it is left running.</summary>
internal sealed class ClusterStart(
    ClusterPlan plan, ClusterOptions options, DataFolder folder, Func<string, string?> environment, TimeProvider time, IProgress<string>? progress)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GraceAfterFailure = TimeSpan.FromSeconds(5);

    private readonly ClusterLayout _layout = folder.Layout;
    private readonly ReadinessWatch _watch = new(folder.Layout, time);
    private readonly List<ProcessRecord> _started = [];
    private readonly Dictionary<string, KafkaCommand> _commands = [];

    /// <summary>Returns what the user should know beside.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(ClusterState? before, CancellationToken cancellationToken)
    {
        if (before is { WasReady: false })
        {
            // Nobody could ever use it: what a first start that failed left would only be in the way.
            DeleteIfThere(Path.Combine(_layout.DataDir, "data"));
            before = null;
        }

        var clusterId = DataFolderCheck.RequireOneCluster(plan, before, _layout);
        DataFolderCheck.RequireSpace(_layout.DataDir);
        var java = JavaRuntime.Find(environment);
        RequireFreePorts();
        if (plan.Mode == ClusterMode.Kraft)
        {
            clusterId ??= StorageFormat.NewClusterId();
        }

        var ports = PortOwner.FindFreeLoopbackPorts(plan.Brokers.Count + 1);
        var network = new InternalNetwork([.. ports.Skip(1)], ports[0], Passwords.Generate());
        var tls = options.TlsCertificate is not null || options.TlsKey is not null
            ? TlsMaterial.Import(options, plan, _layout, time)
            : before is null ? null : TlsMaterial.Load(_layout);
        var files = new ClusterFiles(plan, _layout, network);
        var notes = files.Write(tls);
        var state = StateOf(before, clusterId, tls);
        folder.SaveState(state);

        var commands = new KafkaCommands(plan.Home, java, _layout.DataDir, environment);
        try
        {
            await StartServersAsync(commands, files, clusterId, cancellationToken).ConfigureAwait(false);
            state = await OpenAsync(state, network, tls, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await StopStartedAsync().ConfigureAwait(false);
            throw;
        }

        folder.SaveState(state);
        return notes;
    }

    private void RequireFreePorts()
    {
        if (plan.ZooKeeper is { } zooKeeper)
        {
            PortOwner.RequireFree(zooKeeper, "ZooKeeper", "ZK_IPPORT in the conf file");
        }

        foreach (var broker in plan.Brokers)
        {
            PortOwner.RequireFree(broker.Listen, broker.Name, "--listen HOST:PORT");
        }
    }

    private async Task StartServersAsync(KafkaCommands commands, ClusterFiles files, string? clusterId, CancellationToken cancellationToken)
    {
        if (plan.ZooKeeper is { } address)
        {
            progress?.Report($"starting ZooKeeper on {address}");
            Start(
                ClusterFiles.ZooKeeper, $"{address}",
                commands.ZooKeeper(
                    _layout.ConfigFile(ClusterFiles.ZooKeeper), _layout.ProcessLogsDir(ClusterFiles.ZooKeeper),
                    files.Log4j(ClusterFiles.ZooKeeper), files.ZooKeeperServerJaas));
            await _watch.UntilAsync(
                async token => await PortProbe.ListensAsync(address, token).ConfigureAwait(false) ? null : $"nothing listens on {address}",
                _started, ReviveAsync, options.ReadyTimeout, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            progress?.Report("formatting the brokers' folders");
            await new StorageFormat(plan, _layout, commands, files).FormatAsync(clusterId!, cancellationToken).ConfigureAwait(false);
        }

        foreach (var broker in plan.Brokers)
        {
            progress?.Report($"starting {broker.Name} on {broker.Listen}");
            Start(
                broker.Name, $"{broker.Listen}",
                commands.Broker(_layout.ConfigFile(broker.Name), _layout.ProcessLogsDir(broker.Name), files.Log4j(broker.Name), files.BrokerJaas));
        }
    }

    private void Start(string name, string listener, KafkaCommand command)
    {
        // The last words of this start must not be those of an earlier one.
        File.Delete(_layout.LogFile(name));
        File.Delete(_layout.OutputFile(name));
        _started.RemoveAll(server => server.Name == name);
        _started.Add(ServerProcess.Start(name, command, _layout.OutputFile(name), listener, time));
        _commands[name] = command;
        folder.SaveProcesses(_started);
    }

    /// <summary>
    /// A broker that was killed leaves its place in ZooKeeper taken until its session is over, and one that finds its
    /// place taken gives up. Then it is tried again; for any other reason not.
    /// </summary>
    private async Task<bool> ReviveAsync(ProcessRecord server, CancellationToken cancellationToken)
    {
        if (plan.ZooKeeper is null || !LastWords.Of(_layout, server.Name).Any(line => line.Contains("NodeExistsException", StringComparison.Ordinal)))
        {
            return false;
        }

        progress?.Report($"{server.Name}: ZooKeeper still keeps the place of its last run, trying again");
        await Task.Delay(BetweenTries, time, cancellationToken).ConfigureAwait(false);
        Start(server.Name, server.Listener, _commands[server.Name]);
        return true;
    }

    /// <summary>Waits for the brokers, makes the first users where they are missing, and checks that a client gets in.</summary>
    private async Task<ClusterState> OpenAsync(
        ClusterState state, InternalNetwork network, TlsMaterial? tls, CancellationToken cancellationToken)
    {
        progress?.Report("waiting for the brokers");
        var internalLogin = BrokerLogin.Internal(network.Secret);
        HostPort[] internalAddresses = [.. network.BrokerPorts.Select(port => new HostPort("127.0.0.1", port))];
        await WaitAsync(internalAddresses, internalLogin, refusedIsReady: false, cancellationToken).ConfigureAwait(false);

        var setup = new UserSetup(new KafkaConnection(network.BootstrapServers, internalLogin), time);
        var isFirst = !state.WasReady || !FirstUsers.HaveCredentials(_layout);
        var passwords = FirstUsers.All.ToDictionary(user => user, user => FirstUsers.ReadPassword(_layout, user) ?? Passwords.Generate());
        if (isFirst)
        {
            progress?.Report("making the first users");
            await setup.MakeUsersAsync(passwords, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (user, password) in passwords)
        {
            FirstUsers.Write(_layout, user, password, plan.BootstrapServers, tls);
        }

        var aclsFor = $"{plan.ClientHost} {plan.DistributionTopic}".TrimEnd();
        if (state.AclsMadeFor != aclsFor)
        {
            await setup.MakeAclsAsync(plan.ClientHost, plan.DistributionTopic, cancellationToken).ConfigureAwait(false);
        }

        await WaitAsync(
            [.. plan.Brokers.Select(broker => broker.Advertised)], BrokerLogin.Admin(_layout), refusedIsReady: !isFirst, cancellationToken).ConfigureAwait(false);
        var clusterId = state.ClusterId ?? DataFolderCheck.RequireOneCluster(plan, state, _layout);
        return state with { WasReady = true, AclsMadeFor = aclsFor, ClusterId = clusterId };
    }

    private Task WaitAsync(IReadOnlyList<HostPort> addresses, ClientProperties login, bool refusedIsReady, CancellationToken cancellationToken) =>
        _watch.UntilAsync(
            token => _watch.MissingAsync(addresses, login, refusedIsReady, token), _started, ReviveAsync, options.ReadyTimeout, cancellationToken);

    private async Task StopStartedAsync()
    {
        progress?.Report("stopping what was started");
        var stopper = new ServerStopper(time);
        var left = new List<ProcessRecord>();
        foreach (var server in Enumerable.Reverse(_started))
        {
            try
            {
                await stopper.StopAsync(server, GraceAfterFailure, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ClusterException e)
            {
                // The failure that led here is what the user must hear first; what outlives a kill stays on record for 'stop'.
                progress?.Report(e.Message);
                left.Insert(0, server);
            }
        }

        folder.SaveProcesses(left);
    }

    private ClusterState StateOf(ClusterState? before, string? clusterId, TlsMaterial? tls) => new()
    {
        Mode = plan.Mode,
        KafkaHome = plan.Home.Path,
        KafkaVersion = plan.Home.Version.ToString(),
        ClusterId = clusterId,
        Brokers = [.. plan.Brokers.Select(broker => broker.Listen.ToString())],
        Advertise = plan.Advertise,
        ZooKeeper = plan.ZooKeeper?.ToString(),
        BrokerProperties = [.. plan.Brokers.Select(broker => broker.BaseProperties).OfType<string>()],
        Tls = tls is not null,
        DistributionTopic = plan.DistributionTopic,
        WasReady = before?.WasReady ?? false,
        AclsMadeFor = before?.AclsMadeFor,
    };

    private static void DeleteIfThere(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
