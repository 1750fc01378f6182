using Confluent.Kafka;
using Fink.Fuzz;
using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>tests/fuzz/run.sh does the same for ten minutes, and measures memory.</summary>
public sealed class FuzzTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Spoiled_requests_of_every_API_and_version_break_nothing_and_a_good_client_works_on()
    {
        await using var broker = await StartAsync("User:ANONYMOUS");
        var run = Run(broker, broker.Broker.Endpoints);
        using var good = new GoodClient(new ClientConfig { BootstrapServers = broker.Broker.BootstrapServers });
        await good.PrepareAsync();

        await FuzzRun.WorkUntilAsync(good, run.SendAsync(rounds: 1, Cancelled));

        AssertWell(broker, good, run);
    }

    [Fact]
    public async Task Spoiled_requests_of_a_user_without_rights_change_nothing()
    {
        await using var broker = await StartAsync($"User:{TestBroker.User}");
        var run = Run(broker, [broker.Endpoint(SecurityProtocol.Plaintext)]);
        using var good = new GoodClient(new ClientConfig
        {
            BootstrapServers = broker.Endpoint(SecurityProtocol.SaslPlaintext).ToString(),
            SecurityProtocol = Confluent.Kafka.SecurityProtocol.SaslPlaintext,
            SaslMechanism = SaslMechanism.ScramSha512,
            SaslUsername = TestBroker.User,
            SaslPassword = TestBroker.Password,
        });
        await good.PrepareAsync();
        await good.WorkAsync();
        var before = broker.Broker.Services.Metadata.Image;

        await FuzzRun.WorkUntilAsync(good, run.SendAsync(rounds: 1, Cancelled));

        AssertWell(broker, good, run);
        Assert.Same(before, broker.Broker.Services.Metadata.Image);
    }

    private static Task<TestBroker> StartAsync(string superUser) => TestBroker.StartAsync(
        ("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        ("super.users", superUser),
        ("connection.failed.authentication.delay.ms", "0"));

    private static FuzzRun Run(TestBroker broker, IReadOnlyList<BrokerEndpoint> endpoints)
    {
        var requests = GoldenRequests.Read(Path.Combine(Checkout.Root, "tests", "golden-messages", "messages.txt"));
        return new FuzzRun([.. endpoints.Select(endpoint => (endpoint.Host, endpoint.Port))], requests, seed: 5);
    }

    private static void AssertWell(TestBroker broker, GoodClient good, FuzzRun run)
    {
        Assert.True(good.Done > 0);
        Assert.True(run.Tally.Answered > 0 && run.Tally.Answered > run.Tally.Sent / 10, run.Tally.ToString());
        Assert.DoesNotContain(broker.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }
}
