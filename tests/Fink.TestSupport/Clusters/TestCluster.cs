using Fink.Kafka.Cluster;

namespace Fink.TestSupport.Clusters;

/// <summary>A real, secured Kafka cluster that the tests of one assembly share: give topics, users and groups names of your own.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly TestClusterFolder _folder;

    internal TestCluster(LocalCluster cluster, ClusterDescription description, TestClusterFolder folder)
    {
        Local = cluster;
        Description = description;
        _folder = folder;
    }

    public LocalCluster Local { get; }

    public ClusterDescription Description { get; }

    public string BootstrapServers => Description.BootstrapServers;

    public string AdminProperties => Local.Layout.CredentialsFile("admin");

    public string ProducerProperties => Local.Layout.CredentialsFile("finkProducer");

    public string ConsumerProperties => Local.Layout.CredentialsFile("finkConsumer");

    public async ValueTask DisposeAsync()
    {
        await Local.StopAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        _folder.Dispose();
    }
}
