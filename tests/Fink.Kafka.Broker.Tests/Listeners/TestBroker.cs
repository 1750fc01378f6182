using Fink.Kafka.Broker.Tests.Permissions;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>A whole broker on free ports of 127.0.0.1, in a folder of its own.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    public const string User = "alice";
    public const string Password = "alice-secret";

    private readonly TemporaryFolder _folder;

    private TestBroker(TemporaryFolder folder, EmbeddedBroker broker, TestLog log)
    {
        _folder = folder;
        Broker = broker;
        Log = log;
    }

    public EmbeddedBroker Broker { get; }

    public TestLog Log { get; }

    public static Task<TestBroker> StartAsync(params IReadOnlyList<(string Name, string Value)> properties) =>
        StartAsync(TimeProvider.System, properties);

    public static Task<TestBroker> StartAsync(TimeProvider time, params IReadOnlyList<(string Name, string Value)> properties) =>
        StartAsync(time, [], properties);

    /// <param name="users">Beside <see cref="User"/>.</param>
    public static async Task<TestBroker> StartAsync(
        TimeProvider time, IReadOnlyList<InitialUser> users, params IReadOnlyList<(string Name, string Value)> properties)
    {
        var folder = new TemporaryFolder();
        try
        {
            var log = new TestLog();
            var options = Options(folder.Path, properties);
            options = options with { Time = time, Loggers = log, InitialUsers = [.. options.InitialUsers, .. users] };
            return new TestBroker(folder, await EmbeddedBroker.StartAsync(options), log);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public static BrokerOptions Options(string folder, params IReadOnlyList<(string Name, string Value)> properties)
    {
        var all = new Dictionary<string, string>
        {
            ["listeners"] = "PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0",
            ["group.initial.rebalance.delay.ms"] = "0",
        };
        foreach (var (name, value) in properties) all[name] = value;
        return new BrokerOptions { DataDirectory = folder, Properties = all, InitialUsers = [new InitialUser(User, Password)] };
    }

    public BrokerEndpoint Endpoint(SecurityProtocol protocol) => Broker.Endpoints.Single(endpoint => endpoint.Protocol == protocol);

    public Task<WireClient> ConnectAsync(SecurityProtocol protocol, CancellationToken cancellationToken)
    {
        var endpoint = Endpoint(protocol);
        return WireClient.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
    }

    public Task<WireClient> LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var endpoint = Endpoint(SecurityProtocol.SaslPlaintext);
        return WireClient.LogInAsync(endpoint.Host, endpoint.Port, user, password, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        _folder.Dispose();
    }
}
