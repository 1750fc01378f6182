using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Cluster;

namespace Fink.TestSupport.Clusters;

/// <summary>
/// The clusters of one test assembly: each is started when a test first asks for it, and stopped at the end. Use it as
/// <c>[assembly: AssemblyFixture(typeof(TestClusters))]</c> and a constructor parameter. A test is skipped where Java or
/// the Kafka home is absent.
/// </summary>
public sealed class TestClusters : IAsyncDisposable
{
    private readonly Lazy<Task<TestCluster>> _zooKeeper;
    private readonly Lazy<Task<TestCluster>> _kraft;
    private readonly Lazy<Task<TestCluster>> _kraft41;

    public TestClusters()
    {
        _zooKeeper = new(() => StartAsync("kafka/3.9", ClusterMode.ZooKeeper));
        _kraft = new(() => StartAsync("kafka/3.9", ClusterMode.Kraft));
        _kraft41 = new(() => StartAsync("kafka/4.1", ClusterMode.Kraft));
    }

    /// <summary>Kafka 3.9, ZooKeeper, one broker.</summary>
    public Task<TestCluster> ZooKeeperAsync() => _zooKeeper.Value;

    /// <summary>Kafka 3.9, KRaft, one broker.</summary>
    public Task<TestCluster> KraftAsync() => _kraft.Value;

    /// <summary>Kafka 4.1, KRaft, one broker.</summary>
    public Task<TestCluster> Kraft41Async() => _kraft41.Value;

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
        foreach (var cluster in (Lazy<Task<TestCluster>>[])[_zooKeeper, _kraft, _kraft41])
        {
            if (cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                await (await cluster.Value.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static async Task<TestCluster> StartAsync(string home, ClusterMode mode, int brokers = 1)
    {
        var kafkaHome = SharedFolder.Require(home);
        RequireJava();
        var folder = new TestClusterFolder();
        var addresses = FreeAddresses(brokers + 1);
        var local = new LocalCluster(folder.Path);
        var outcome = await local.StartAsync(new ClusterOptions
        {
            Mode = mode,
            KafkaHome = kafkaHome,
            BrokerAddresses = [.. addresses.Take(brokers)],
            ZooKeeper = mode == ClusterMode.ZooKeeper ? addresses[^1] : null,
        }).ConfigureAwait(false);
        return new TestCluster(local, outcome.Cluster, folder);
    }

    private static void RequireJava()
    {
        var hasJava = Environment.GetEnvironmentVariable("JAVA_HOME") is { Length: > 0 }
            || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "java")));
        if (!hasJava)
        {
            throw SkippedException.Because("no Java on PATH");
        }
    }
}
