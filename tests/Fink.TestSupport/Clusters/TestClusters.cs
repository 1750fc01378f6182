using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Cluster;

namespace Fink.TestSupport.Clusters;

/// <summary>
/// The clusters of one test assembly: each is started when a test first asks for it, and stopped at the end. Use it as
/// <c>[assembly: AssemblyFixture(typeof(TestClusters))]</c> and a constructor parameter. The embedded one is there wherever
/// the command is; a test of another is skipped where Java or the Kafka home is absent.
/// </summary>
public sealed class TestClusters : IAsyncDisposable
{
    /// <summary>The broker of this project.</summary>
    public const string Embedded = "embedded";

    /// <summary>Kafka 3.9, ZooKeeper, one broker.</summary>
    public const string ZooKeeper = "zookeeper";

    /// <summary>Kafka 3.9, KRaft, one broker.</summary>
    public const string Kraft = "kraft";

    /// <summary>Kafka 4.1, KRaft, one broker.</summary>
    public const string Kraft41 = "kraft 4.1";

    private readonly Dictionary<string, Lazy<Task<TestCluster>>> _clusters = new()
    {
        [Embedded] = new(() => StartAsync(null, ClusterMode.Embedded)),
        [ZooKeeper] = new(() => StartAsync("kafka/3.9", ClusterMode.ZooKeeper)),
        [Kraft] = new(() => StartAsync("kafka/3.9", ClusterMode.Kraft)),
        [Kraft41] = new(() => StartAsync("kafka/4.1", ClusterMode.Kraft)),
    };

    /// <summary>Kafka's servers and tools that this process starts, itself or by the command, live for seconds.</summary>
    public TestClusters() =>
        Environment.SetEnvironmentVariable("KAFKA_OPTS", $"{Environment.GetEnvironmentVariable("KAFKA_OPTS")} {JavaProgram.QuickStart}".Trim());

    /// <summary>The command as a program, where the tests' project refers to it: its assembly stands beside them.</summary>
    public static IReadOnlyList<string> OwnCommand { get; } = ["dotnet", Path.Combine(AppContext.BaseDirectory, "fink-kafka.dll")];

    /// <param name="kind">One of the names above.</param>
    public Task<TestCluster> OfAsync(string kind) => _clusters[kind].Value;

    /// <summary>Kafka 3.9, ZooKeeper, three brokers: the caller's own, to break.</summary>
    public static Task<TestCluster> ThreeBrokersAsync() => StartAsync("kafka/3.9", ClusterMode.ZooKeeper, brokers: 3);

    /// <summary>Addresses of this machine that nothing listens on now.</summary>
    public static IReadOnlyList<HostPort> FreeAddresses(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var socket in sockets)
        {
            socket.Start();
        }

        var addresses = sockets.Select(socket => new HostPort("127.0.0.1", ((IPEndPoint)socket.LocalEndpoint).Port)).ToArray();
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }

        return addresses;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _clusters.Values)
        {
            if (cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                await (await cluster.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<TestCluster> StartAsync(string? home, ClusterMode mode, int brokers = 1)
    {
        var kafkaHome = home is null ? null : SharedFolder.Require(home);
        if (kafkaHome is not null)
        {
            RequireJava();
        }

        var folder = new TestClusterFolder();
        var addresses = FreeAddresses(brokers + 1);
        var local = new LocalCluster(folder.Path);
        var outcome = await local.StartAsync(new ClusterOptions
        {
            Mode = mode,
            KafkaHome = kafkaHome,
            OwnCommand = OwnCommand,
            BrokerAddresses = [.. addresses.Take(brokers)],
            ZooKeeper = mode == ClusterMode.ZooKeeper ? addresses[^1] : null,
        }).ConfigureAwait(false);
        return new TestCluster(local, outcome.Cluster, folder);
    }

    private static void RequireJava()
    {
        if (Environment.GetEnvironmentVariable("JAVA_HOME") is not { Length: > 0 })
        {
            ProgramOnPath.Require("java");
        }
    }
}
