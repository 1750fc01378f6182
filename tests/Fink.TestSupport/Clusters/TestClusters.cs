namespace Fink.TestSupport.Clusters;

/// <summary>
/// The clusters of one test assembly: each is started when a test first asks for it, and stopped at the end. Use it as
/// <c>[assembly: AssemblyFixture(typeof(TestClusters))]</c> and a constructor parameter. A test is skipped where Java or
/// the Kafka home is absent.
/// </summary>
public sealed class TestClusters : IAsyncDisposable
{
    /// <summary>Kafka 3.9, ZooKeeper, one broker.</summary>
    public Task<TestCluster> ZooKeeperAsync() => throw new NotImplementedException();

    /// <summary>Kafka 3.9, KRaft, one broker.</summary>
    public Task<TestCluster> KraftAsync() => throw new NotImplementedException();

    /// <summary>Kafka 4.1, KRaft, one broker.</summary>
    public Task<TestCluster> Kraft41Async() => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
