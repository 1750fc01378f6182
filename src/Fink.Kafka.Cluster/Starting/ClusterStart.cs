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
    private const string GivesNewOnes = "'fink-kafka start' gives the first users new ones";

    private readonly ClusterLayout _layout = folder.Layout;
    private readonly ReadinessWatch _watch = new(folder.Layout, time);
    private readonly StartedServers _started = new(folder, time, progress);
    private readonly IServers _servers = plan.Home is { } home
        ? new KafkaServers(plan, home, folder.Layout, options.ReadyTimeout, environment, time, progress)
        : new EmbeddedServers(plan, folder.Layout, options.OwnCommand, options.EndsWithCaller, progress);

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
        _servers.RequireRunnable();
        RequireFreePorts();
        clusterId ??= _servers.NewClusterId();
        var tlsFiles = new TlsFiles(options.TlsCertificate, options.TlsKey, options.TlsAuthority);
        var tls = tlsFiles.AreGiven
            ? TlsMaterial.Import(tlsFiles, [.. plan.Brokers.Select(broker => broker.Advertised.Host)], _layout, time)
            : before is null ? null : TlsMaterial.Load(_layout);
        var users = FirstPasswords.Of(_layout, isFirst: before is null);
        MakeFolders();
        IReadOnlyList<string> notes = [.. plan.Notes, .. plan.AnonymousNotes(before), .. _servers.Write(tls, users.AreNew ? users : null)];
        var state = StateOf(before, clusterId, tls);
        folder.SaveState(state);
        try
        {
            await _servers.StartAsync(_started, clusterId, cancellationToken).ConfigureAwait(false);
            state = await OpenAsync(state, users, tls, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await _started.StopAsync().ConfigureAwait(false);
            throw;
        }

        folder.SaveState(state);
        return _watch.WasRefused
            ? [.. notes, $"the cluster runs, but {RefusedAdmin}; or, where nobody knows it, 'fink-kafka stop', delete {_layout.CredentialsDir}, and {GivesNewOnes}"]
            : notes;
    }

    private string RefusedAdmin =>
        $"does not let {FirstUsers.Admin} in with {_layout.CredentialsFile(FirstUsers.Admin)}: put the password that it has now there";

    private void RequireFreePorts()
    {
        if (plan.ZooKeeper is { } zooKeeper)
        {
            PortOwner.RequireFree(zooKeeper, "ZooKeeper", "ZK_IPPORT in the conf file");
        }

        foreach (var broker in plan.Brokers)
        {
            PortOwner.RequireFree(broker.Listen, broker.Name, "--listen HOST:PORT");
            if (broker.Anonymous is { } anonymous)
            {
                PortOwner.RequireFree(anonymous.Listen, $"{broker.Name} without a login", "--anonymous-listen HOST:PORT");
            }
        }
    }

    private void MakeFolders()
    {
        foreach (var name in (string[])[_layout.ConfigDir, _layout.LogsDir, _layout.CredentialsDir, Path.Combine(_layout.DataDir, "data")])
        {
            PrivateFiles.CreateFolder(name);
        }
    }

    /// <summary>Waits for the brokers, makes the first users where they are missing, and checks that a client gets in.</summary>
    private async Task<ClusterState> OpenAsync(ClusterState state, FirstPasswords users, TlsMaterial? tls, CancellationToken cancellationToken)
    {
        progress?.Report("waiting for the brokers");
        var login = _servers.Setup();
        await WaitAsync(login.Brokers, login.Login, login.RefusedIsReady, cancellationToken).ConfigureAwait(false);

        var setup = new UserSetup(login.Connection, time);
        if (users.AreNew && !login.HasUsers)
        {
            progress?.Report("making the first users");
            await setup.MakeUsersAsync(users.ByUser, cancellationToken).ConfigureAwait(false);
        }

        users.Write(_layout, plan.BootstrapServers, tls);
        var aclsFor = $"{plan.ClientHost} {plan.DistributionTopic}".TrimEnd();
        if (_watch.WasRefused && (state.AclsMadeFor != aclsFor || state.AnonymousAclsMadeFor != plan.AnonymousGrant))
        {
            throw new ClusterException(
                ClusterErrorKind.Failed,
                $"this start has to change ACLs, and the cluster {RefusedAdmin}; or, where nobody knows it, delete {_layout.CredentialsDir}, and {GivesNewOnes}");
        }

        if (state.AclsMadeFor != aclsFor)
        {
            await setup.MakeAclsAsync(plan.ClientHost, plan.DistributionTopic, cancellationToken).ConfigureAwait(false);
        }

        if (state.AnonymousAclsMadeFor != plan.AnonymousGrant)
        {
            await setup.GrantAnonymousAsync(state.AnonymousAclsMadeFor, plan.AnonymousGrant, cancellationToken).ConfigureAwait(false);
        }

        await WaitAsync(
            [.. plan.Brokers.Select(broker => broker.Advertised)], BrokerLogin.Admin(_layout), refusedIsReady: !users.AreNew, cancellationToken).ConfigureAwait(false);
        var clusterId = state.ClusterId ?? await AskClusterIdAsync(login, cancellationToken).ConfigureAwait(false);
        return state with { WasReady = true, AclsMadeFor = aclsFor, AnonymousAclsMadeFor = plan.AnonymousGrant, ClusterId = clusterId };
    }

    private async Task<string?> AskClusterIdAsync(SetupLogin login, CancellationToken cancellationToken)
    {
        using var admin = new KafkaAdmin(login.Connection, time);
        return (await admin.Cluster.DescribeAsync(cancellationToken).ConfigureAwait(false)).ClusterId;
    }

    private Task WaitAsync(IReadOnlyList<HostPort> addresses, ClientProperties login, bool refusedIsReady, CancellationToken cancellationToken) =>
        _watch.UntilAsync(
            token => _watch.MissingAsync(addresses, login, refusedIsReady, token), _started.Running,
            (server, token) => _servers.ReviveAsync(_started, server, token), options.ReadyTimeout, cancellationToken);

    private ClusterState StateOf(ClusterState? before, string? clusterId, TlsMaterial? tls) => new()
    {
        Mode = plan.Mode,
        KafkaHome = plan.Home?.Path,
        KafkaVersion = _servers.Version,
        ClusterId = clusterId,
        Brokers = [.. plan.Brokers.Select(broker => broker.Listen.ToString())],
        Advertise = plan.Advertise,
        ZooKeeper = plan.ZooKeeper?.ToString(),
        BrokerProperties = [.. plan.Brokers.Select(broker => broker.BaseProperties).OfType<string>()],
        Tls = tls is not null,
        DistributionTopic = plan.DistributionTopic,
        WasReady = before?.WasReady ?? false,
        AclsMadeFor = before?.AclsMadeFor,
        AnonymousServers = plan.AnonymousServers,
        AnonymousAclsMadeFor = before?.AnonymousAclsMadeFor,
    };

    private static void DeleteIfThere(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
