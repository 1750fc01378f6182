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
    private TlsMaterial? _tls;
    private string? _adminPassword;

    /// <summary>Where the broker reads whose password it must set before anyone can log in; there only while such a start lasts.</summary>
    private string FirstUsersFile => Path.Combine(layout.ConfigDir, $"{_broker.Name}.users");

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

    public IReadOnlyList<string> Write(TlsMaterial? tls, string? adminPassword)
    {
        (_tls, _adminPassword) = (tls, adminPassword);
        PrivateFiles.CreateFolder(layout.ProcessLogsDir(_broker.Name));
        var (text, replaced) = EmbeddedConfiguration.For(_broker, tls);
        PrivateFiles.Write(layout.ConfigFile(_broker.Name), text);
        File.Delete(FirstUsersFile);
        if (adminPassword is not null)
        {
            PrivateFiles.Write(FirstUsersFile, new JavaProperties { [FirstUsers.Admin] = adminPassword }.ToString());
        }

        return [.. UserProperties.Replaced(_broker.BaseProperties, replaced)];
    }

    public Task StartAsync(StartedServers started, string? clusterId, CancellationToken cancellationToken)
    {
        progress?.Report($"starting {_broker.Name} on {_broker.Listen}");
        string[] arguments =
        [
            .. ownCommand.Skip(1), "broker", "run", "--supervised", "--data-dir", layout.DataDir, "--config", layout.ConfigFile(_broker.Name),
            .. _adminPassword is null ? Array.Empty<string>() : ["--first-users", FirstUsersFile],
            .. endsWithCaller ? ["--end-with", $"{Environment.ProcessId}"] : Array.Empty<string>(),
        ];
        started.Start(_broker.Name, $"{_broker.Listen}", new ServerCommand(ownCommand[0], arguments, new Dictionary<string, string?>()));
        return Task.CompletedTask;
    }

    /// <summary>As the admin, by the clients' listener: there is no other. Whoever changed the admin's password has users.</summary>
    public SetupLogin Setup() => new(
        [_broker.Advertised],
        _adminPassword is null ? BrokerLogin.Admin(layout) : FirstUsers.LoginOf(FirstUsers.Admin, _adminPassword, _broker.Advertised.ToString(), _tls),
        RefusedIsReady: _adminPassword is null);

    public Task<bool> ReviveAsync(StartedServers started, ProcessRecord server, CancellationToken cancellationToken) => Task.FromResult(false);
}
