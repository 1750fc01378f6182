using Fink.Kafka.Properties;

namespace Fink.Kafka.Tests.Clients;

public sealed class StartingBrokerTests
{
    [Fact]
    public async Task A_broker_that_knows_of_no_broker_is_told_as_one_that_is_starting()
    {
        await using var broker = new StartingBroker();
        using var admin = new KafkaAdmin(new KafkaConnection(broker.Address, ClientProperties.Plaintext, TimeSpan.FromSeconds(30)));
        await admin.Cluster.DescribeAsync(TestContext.Current.CancellationToken);
        broker.KnowsItself = false;

        var told = await Assert.ThrowsAsync<KafkaOperationException>(
            () => admin.Cluster.DescribeAsync(TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.Unreachable, told.Kind);
        Assert.Contains("knows of no broker yet", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_tells_its_cluster_its_controller_and_the_brokers()
    {
        await using var broker = new StartingBroker();
        using var admin = new KafkaAdmin(new KafkaConnection(broker.Address, ClientProperties.Plaintext));

        var view = await admin.Cluster.DescribeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("a-cluster", 7), (view.ClusterId, view.Controller));
        Assert.Equal([new BrokerNode(7, "127.0.0.1", broker.Port)], view.Brokers);
    }
}
