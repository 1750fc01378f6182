using Fink.Kafka.Cluster.Embedded;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Readiness;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Starting;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster;

/// <summary>The Kafka cluster of one data folder on this machine: its processes, ports, properties and first users.</summary>
public sealed class LocalCluster
{
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(30);

    private readonly DataFolder _folder;
    private readonly Func<string, string?> _environment;
    private readonly TimeProvider _time;

    /// <param name="environment">Reads a variable (KAFKA_HOME, JAVA_HOME, KAFKA_HEAP_OPTS, …); the process's own by default.</param>
    public LocalCluster(string dataDir, Func<string, string?>? environment = null, TimeProvider? time = null)
    {
        Layout = new ClusterLayout(dataDir);
        _folder = new DataFolder(Layout);
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _time = time ?? TimeProvider.System;
    }

    public ClusterLayout Layout { get; }

    /// <summary>What the data folder says, without contacting a broker; null when no cluster was ever started there.</summary>
    /// <exception cref="ClusterException"/>
    public ClusterDescription? Describe() => _folder.LoadState() is { WasReady: true } state ? Describe(state) : null;

    /// <summary>Starts it and returns when every broker answers; on any failure the processes that it started are stopped again.</summary>
    /// <exception cref="ClusterException"/>
    public async Task<StartOutcome> StartAsync(
        ClusterOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Once before anything is touched, for what is wrong with the options, and once more when nobody else can change it.
        _ = ClusterPlan.Decide(options, _folder.LoadState(), Layout.DataDir, _environment);
        _folder.Prepare();
        using var held = _folder.Lock();
        var before = _folder.LoadState();
        var plan = ClusterPlan.Decide(options, before, Layout.DataDir, _environment);
        try
        {
            if (before is not { WasReady: true })
            {
                // A start that was killed: nobody was told of its cluster.
                await StopAllAsync(DefaultGrace, progress, cancellationToken).ConfigureAwait(false);
            }
            else if (await RunsAsync(before, cancellationToken).ConfigureAwait(false))
            {
                return new StartOutcome(Describe(before), AlreadyRunning: true, plan.Unheeded(options, before));
            }

            var notes = await new ClusterStart(plan, options, _folder, _environment, _time, progress)
                .RunAsync(before, cancellationToken).ConfigureAwait(false);
            return new StartOutcome(Describe(_folder.LoadState()!), AlreadyRunning: false, notes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw _folder.Unwritable(e);
        }
    }

    /// <summary>Runs the embedded broker of the data folder in this process; returns when it was asked to end and has stopped cleanly.</summary>
    /// <exception cref="ClusterException">It cannot start.</exception>
    public async Task RunBrokerAsync(BrokerRunOptions options, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            await new EmbeddedHost(_folder, options, _time).RunAsync(progress, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw _folder.Unwritable(e);
        }
    }

    /// <summary>Asks the brokers, then ZooKeeper, to end; waits; kills. Touches only processes that <see cref="StartAsync"/> started.</summary>
    /// <exception cref="ClusterException"/>
    public async Task<StopOutcome> StopAsync(
        TimeSpan? grace = null, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!Directory.Exists(Layout.DataDir))
        {
            return new StopOutcome([], []);
        }

        using var held = _folder.Lock();
        return await StopAllAsync(grace ?? DefaultGrace, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="ClusterException"/>
    public async Task<ClusterStatus> StatusAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var state = _folder.LoadState();
        if (state is null or { WasReady: false })
        {
            return new ClusterStatus(null, false, $"no cluster was started in {Layout.DataDir}", 0, []);
        }

        return await new StatusReport(_folder, state, Describe(state), _time).MakeAsync(timeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StopOutcome> StopAllAsync(TimeSpan grace, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var stopper = new ServerStopper(_time);
        var left = _folder.LoadProcesses().ToList();
        List<string> stopped = [];
        List<string> killed = [];
        // Started first, stopped last: ZooKeeper, and the broker that is the controller too.
        foreach (var server in Enumerable.Reverse(left).ToArray())
        {
            if (ServerProcess.Runs(server))
            {
                progress?.Report($"stopping {server.Name} (pid {server.ProcessId})");
                if (await stopper.StopAsync(server, grace, cancellationToken).ConfigureAwait(false))
                {
                    killed.Add(server.Name);
                }

                stopped.Add(server.Name);
            }

            left.Remove(server);
            _folder.SaveProcesses(left);
        }

        return new StopOutcome(stopped, killed);
    }

    /// <exception cref="ClusterException">Only a part of it runs, or it does not answer.</exception>
    private async Task<bool> RunsAsync(ClusterState state, CancellationToken cancellationToken)
    {
        var recorded = _folder.LoadProcesses();
        var dead = recorded.Where(server => !ServerProcess.Runs(server)).ToArray();
        if (recorded.Count == dead.Length)
        {
            _folder.SaveProcesses([]);
            return false;
        }

        if (dead.Length > 0)
        {
            throw new ClusterException(
                ClusterErrorKind.Failed,
                $"{string.Join(", ", dead.Select(server => server.Name))} of the cluster in {Layout.DataDir} ended while the rest runs: 'fink-kafka stop', then start again")
            {
                LogLines = LastWords.Of(Layout, dead[0].Name),
            };
        }

        var addresses = Describe(state).BootstrapServers.Split(',').Select(HostPort.Parse).ToArray();
        return await new ReadinessWatch(Layout, _time)
            .MissingAsync(addresses, BrokerLogin.Admin(Layout), refusedIsReady: true, cancellationToken).ConfigureAwait(false) is { } missing
            ? throw new ClusterException(
                ClusterErrorKind.Failed, $"the cluster in {Layout.DataDir} runs, but {missing}: 'fink-kafka stop', then start again")
            : true;
    }

    private ClusterDescription Describe(ClusterState state)
    {
        var advertised = state.Brokers.Select(HostPort.Parse).Select(listen => state.Advertise is { } host ? listen with { Host = host } : listen);
        return new ClusterDescription
        {
            Mode = state.Mode,
            DataDir = Layout.DataDir,
            KafkaHome = state.KafkaHome,
            KafkaVersion = state.KafkaVersion,
            ClusterId = state.ClusterId,
            BootstrapServers = string.Join(',', advertised),
            SecurityProtocol = state.Tls ? "SASL_SSL" : "SASL_PLAINTEXT",
            AnonymousServers = state.AnonymousServers.Count > 0 ? string.Join(',', state.AnonymousServers) : null,
            Credentials = FirstUsers.All.ToDictionary(user => user, Layout.CredentialsFile),
        };
    }
}
