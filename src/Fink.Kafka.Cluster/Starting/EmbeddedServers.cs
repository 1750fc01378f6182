using Fink.Kafka.Cluster.Configuration;
using Fink.Kafka.Cluster.Embedded;
using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Readiness;
using Fink.Kafka.Cluster.Security;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>The broker of this project, as <c>fink-kafka broker run</c> in a process of its own.</summary>
/// <param name="ownCommand">See <see cref="ClusterOptions.OwnCommand"/>.</param>
/// <param name="endsWithCaller">See <see cref="ClusterOptions.EndsWithCaller"/>.</param>
internal sealed class EmbeddedServers(
    ClusterPlan plan, ClusterLayout layout, IReadOnlyList<string> ownCommand, bool endsWithCaller, IProgress<string>? progress) : IServers
{
    private readonly BrokerPlan _broker = plan.Brokers[0];
    private bool _makesUsers;

    public string Version => EmbeddedHost.Version;

    public void RequireRunnable()
    {
        if (ownCommand.Count == 0)
        {
            throw new ClusterException(ClusterErrorKind.Usage, $"embedded mode needs the command that fink-kafka is: set {nameof(ClusterOptions.OwnCommand)}");
        }
    }

    /// <summary>The broker chooses it.</summary>
    public string? NewClusterId() => null;

    public IReadOnlyList<string> Write(TlsMaterial? tls, FirstPasswords? newUsers)
    {
        _makesUsers = newUsers is not null;
        PrivateFiles.CreateFolder(layout.ProcessLogsDir(_broker.Name));
        var (text, replaced) = EmbeddedConfiguration.For(_broker, tls);
        PrivateFiles.Write(layout.ConfigFile(_broker.Name), text);
        if (newUsers is not null)
        {
            var handedOver = new JavaProperties();
            foreach (var (user, password) in newUsers.ByUser)
            {
                handedOver[user] = password;
            }

            PrivateFiles.Write(layout.UnmadeUsersFile, handedOver.ToString());
            newUsers.Write(layout, plan.BootstrapServers, tls);
        }

        return [.. UserProperties.Replaced(_broker.BaseProperties, replaced)];
    }

    public Task StartAsync(StartedServers started, string? clusterId, CancellationToken cancellationToken)
    {
        progress?.Report($"starting {_broker.Name} on {_broker.Listen}");
        string[] arguments =
        [
            .. ownCommand.Skip(1), "broker", "run", "--supervised", "--data-dir", layout.DataDir, "--config", layout.ConfigFile(_broker.Name),
            .. _makesUsers ? ["--first-users", layout.UnmadeUsersFile] : Array.Empty<string>(),
            .. endsWithCaller ? ["--end-with", $"{Environment.ProcessId}"] : Array.Empty<string>(),
        ];
        started.Start(_broker.Name, $"{_broker.Listen}", new ServerCommand(ownCommand[0], arguments, new Dictionary<string, string?>()));
        return Task.CompletedTask;
    }

    /// <summary>As the admin, by the clients' listener: there is no other. Whoever changed the admin's password has users.</summary>
    public SetupLogin Setup() =>
        new([_broker.Advertised], BrokerLogin.Admin(layout), RefusedIsReady: !_makesUsers, HasUsers: true);

    public Task<bool> ReviveAsync(StartedServers started, ProcessRecord server, CancellationToken cancellationToken) => Task.FromResult(false);
}
