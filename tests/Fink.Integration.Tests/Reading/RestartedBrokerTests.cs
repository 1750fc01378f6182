using Fink.Client;
using Fink.Kafka;
using Fink.Kafka.Broker;
using Fink.Kafka.Properties;

namespace Fink.Integration.Tests.Reading;

/// <summary>A broker that goes away and comes back under its readers.</summary>
public sealed class RestartedBrokerTests : IDisposable
{
    private const string Topic = "alerts";
    private const string Group = "readers";

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-restarted-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Who_waits_in_a_group_for_a_partition_waits_on_while_the_broker_restarts()
    {
        var broker = await StartAsync(port: 0);
        var servers = broker.BootstrapServers;
        await CreateTopicAsync(servers);
        var options = new AlertConsumerOptions { Connection = AlertConnection.To(servers), Topics = [Topic], Group = Group };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var readers = Enumerable.Range(0, 2).Select(_ => ReadAsync(options, end.Token)).ToArray();
        await UntilThereAreAsync(servers, members: 2);

        await broker.DisposeAsync();
        var failed = Task.WhenAny(readers);
        await Task.WhenAny(failed, Task.Delay(TimeSpan.FromSeconds(4), Cancel));
        await using var again = await StartAsync(broker.Endpoints[0].Port);

        Assert.False(failed.IsCompleted);
        await end.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static async Task ReadAsync(AlertConsumerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in AlertConsumer.Create(options).ReadAsync(cancellationToken))
            {
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private static async Task CreateTopicAsync(string servers)
    {
        using var admin = Admin(servers);
        await admin.Topics.CreateAsync([new(Topic, 1, 1, new Dictionary<string, string>())], false, Cancel);
    }

    private static async Task UntilThereAreAsync(string servers, int members)
    {
        using var admin = Admin(servers);
        while ((await admin.Groups.ListAsync(Cancel)).All(group => group.State != "Stable")
            || (await admin.Groups.DescribeAsync(Group, Cancel)).Members.Count != members)
        {
            await Task.Delay(50, Cancel);
        }
    }

    private static KafkaAdmin Admin(string servers) => new(new KafkaConnection(servers, ClientProperties.Plaintext));

    private Task<EmbeddedBroker> StartAsync(int port) => EmbeddedBroker.StartAsync(
        new BrokerOptions
        {
            DataDirectory = _folder,
            Properties = new Dictionary<string, string>
            {
                ["listeners"] = $"PLAINTEXT://127.0.0.1:{port}",
                ["allow.everyone.if.no.acl.found"] = "true",
                ["group.initial.rebalance.delay.ms"] = "0",
            },
        },
        Cancel);
}
