using System.Reflection;
using Fink.Kafka.Broker;
using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Storage;
using Microsoft.Extensions.Logging;
using Wire = Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Cluster.Embedded;

/// <summary>
/// The embedded broker of a data folder, in this process, until it is asked to end. On its own it keeps the folder's records and makes
/// the first users; started by <see cref="Starting.ClusterStart"/> it leaves both to that.
/// </summary>
internal sealed class EmbeddedHost(DataFolder folder, BrokerRunOptions options, TimeProvider time)
{
    /// <summary>As in the other modes' folders: their first broker.</summary>
    private const string Name = "broker-0";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ClusterLayout _layout = folder.Layout;

    public static string Version { get; } =
        typeof(EmbeddedBroker).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <exception cref="ClusterException">It cannot start; the message says why.</exception>
    public Task RunAsync(IProgress<string>? progress, CancellationToken cancellationToken) =>
        options.IsSupervised ? RunSupervisedAsync(cancellationToken) : RunAloneAsync(progress, cancellationToken);

    private async Task RunSupervisedAsync(CancellationToken cancellationToken)
    {
        using var file = new RollingFile(_layout.LogFile(Name));
        using var log = new LineLoggers(file, time);
        var properties = EmbeddedProperties.Of(options, tls: null);
        var users = UserProperties.Read(options.FirstUsersFile);
        await using var broker = await StartAsync(properties, [.. (users?.Keys ?? []).Select(user => FirstUser(user, users![user]!))], [], log, beforeServing: null, cancellationToken)
            .ConfigureAwait(false);
        if (options.FirstUsersFile is { } handedOver)
        {
            File.Delete(handedOver);
        }

        await AskedOrAloneAsync(cancellationToken).ConfigureAwait(false);
        await broker.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RunAloneAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        folder.Prepare();
        EmbeddedBroker broker;
        using (folder.Lock())
        {
            RequireFree(folder.LoadState());
            foreach (var name in (string[])[_layout.ConfigDir, _layout.CredentialsDir, Path.Combine(_layout.DataDir, "data")])
            {
                PrivateFiles.CreateFolder(name);
            }

            broker = await OpenAsync(progress, cancellationToken).ConfigureAwait(false);
        }

        await using var running = broker.ConfigureAwait(false);
        foreach (var endpoint in broker.Endpoints)
        {
            progress?.Report($"ready: {EmbeddedProperties.Name(endpoint.Protocol)} on {endpoint}");
        }

        await AskedAsync(cancellationToken).ConfigureAwait(false);
        await broker.StopAsync(CancellationToken.None).ConfigureAwait(false);
        folder.SaveProcesses([]);
    }

    /// <summary>Starts it. Whose it is and how its first users log in is written down before anybody can connect.</summary>
    private async Task<EmbeddedBroker> OpenAsync(IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var before = folder.LoadState();
        var tls = ImportTls() ?? (before is null ? null : TlsMaterial.Load(_layout));
        var properties = EmbeddedProperties.Of(options, tls);
        var guarded = properties.FirstGuarded;
        var users = FirstPasswords.Of(_layout, isFirst: before is not { WasReady: true });
        var topic = options.DistributionTopic ?? before?.DistributionTopic;
        var aclsFor = guarded is null ? null : $"{guarded.ClientHost} {topic}".TrimEnd();
        var broker = await StartAsync(
            properties,
            guarded is null || !users.AreNew ? [] : [.. users.ByUser.Select(user => FirstUser(user.Key, user.Value))],
            aclsFor is null || aclsFor == before?.AclsMadeFor ? [] : InitialRights.For(guarded!.ClientHost, topic),
            options.Loggers, WriteDown, cancellationToken).ConfigureAwait(false);

        if (guarded is null)
        {
            progress?.Report("no listener asks clients who they are: there are no first users, and only ACLs and super.users say what anybody may do");
            return broker;
        }

        if (before is { WasReady: true } && users.AreNew)
        {
            progress?.Report($"the first users have new passwords: not all of their files were in {_layout.CredentialsDir}");
        }

        if (before?.AclsMadeFor is { } earlier && earlier != aclsFor)
        {
            progress?.Report($"the first users' ACLs for {aclsFor} are added to those for {earlier}");
        }

        return broker;

        void WriteDown(EmbeddedBroker bound)
        {
            folder.SaveProcesses([new ProcessRecord(
                Name, Environment.ProcessId, ProcessIdentity.Of(Environment.ProcessId) ?? "ended", time.GetUtcNow(), bound.BootstrapServers)]);
            if (guarded is null)
            {
                return;
            }

            var endpoint = bound.Endpoints[guarded.Index];
            users.Write(_layout, endpoint.ToString(), endpoint.Protocol == SecurityProtocol.SaslSsl ? tls ?? TlsMaterial.OfSystem : null);
            File.Delete(_layout.UnmadeUsersFile);
            folder.SaveState(new ClusterState
            {
                Mode = ClusterMode.Embedded,
                KafkaVersion = Version,
                ClusterId = bound.ClusterId,
                Brokers = [new HostPort(guarded.Host, endpoint.Port).ToString()],
                Advertise = endpoint.Host == guarded.Host ? null : endpoint.Host,
                Tls = endpoint.Protocol == SecurityProtocol.SaslSsl,
                DistributionTopic = topic,
                WasReady = true,
                AclsMadeFor = aclsFor,
                AnonymousAclsMadeFor = before?.AnonymousAclsMadeFor,
            });
        }
    }

    private static InitialUser FirstUser(string name, string password) =>
        new(name, password, Wire.ScramMechanism.ScramSha512) { Iterations = FirstUsers.Iterations };

    private TlsMaterial? ImportTls()
    {
        var files = new TlsFiles(options.TlsCertificate, options.TlsKey, options.TlsAuthority);
        if (!files.AreGiven)
        {
            return null;
        }

        IReadOnlyList<string> hosts = options.Advertise is { } advertise
            ? [advertise]
            : [.. options.Listeners.Select(EmbeddedProperties.HostOf).Where(host => host.Length > 0 && !new HostPort(host, 1).IsWildcard)];
        return TlsMaterial.Import(files, hosts, _layout, time);
    }

    /// <summary>What runs already is found out before anything is touched; the broker's own lock is the last word.</summary>
    private void RequireFree(ClusterState? state)
    {
        if (state is not null && state.Mode != ClusterMode.Embedded)
        {
            throw new ClusterException(
                ClusterErrorKind.Usage, $"{_layout.DataDir} holds a cluster in {state.Mode.Name()} mode: give another --data-dir");
        }

        if (folder.LoadProcesses().FirstOrDefault(ServerProcess.Runs) is { } running)
        {
            throw new ClusterException(
                ClusterErrorKind.Failed,
                $"the broker of {_layout.DataDir} runs already (pid {running.ProcessId}): 'fink-kafka stop' ends it, or give another --data-dir");
        }
    }

    private async Task<EmbeddedBroker> StartAsync(
        EmbeddedProperties properties, IReadOnlyList<InitialUser> users, IReadOnlyList<InitialAcl> acls, ILoggerFactory loggers,
        Action<EmbeddedBroker>? beforeServing, CancellationToken cancellationToken)
    {
        try
        {
            return await EmbeddedBroker.StartAsync(
                new BrokerOptions
                {
                    DataDirectory = _layout.ProcessDataDir(Name),
                    Properties = properties.ByName,
                    ResetUsers = users,
                    AddedAcls = acls,
                    Loggers = loggers,
                    Time = time,
                    BeforeServing = beforeServing,
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (BrokerException e)
        {
            throw new ClusterException(
                e.Failure == BrokerFailure.Options ? ClusterErrorKind.Usage : ClusterErrorKind.Failed,
                e.Mistakes.Count > 0 ? string.Join('\n', e.Mistakes.Select(properties.Explain)) : e.Message,
                e);
        }
    }

    private static async Task AskedAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(asked.SetResult).ConfigureAwait(false);
        await asked.Task.ConfigureAwait(false);
    }

    /// <summary>Asked, or without the process that it is for: one that is killed tells nobody, so it is looked for.</summary>
    private async Task AskedOrAloneAsync(CancellationToken cancellationToken)
    {
        var asked = AskedAsync(cancellationToken);
        if (options.EndsWith is { } caller)
        {
            var identity = ProcessIdentity.Of(caller);
            while (!asked.IsCompleted && identity is not null && ProcessIdentity.Of(caller) == identity)
            {
                await Task.WhenAny(asked, Task.Delay(BetweenLooks, time, cancellationToken)).ConfigureAwait(false);
            }

            return;
        }

        await asked.ConfigureAwait(false);
    }
}
