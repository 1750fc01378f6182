using Fink.Fuzz;
using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>tests/fuzz/run.sh does the same for ten minutes, and measures memory.</summary>
public sealed class FuzzTests
{
    [Fact]
    public async Task Spoiled_requests_of_every_API_and_version_break_nothing_and_a_good_client_works_on()
    {
        await using var broker = await TestBroker.StartAsync(
            ("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
            ("super.users", "User:ANONYMOUS"),
            ("connection.failed.authentication.delay.ms", "0"));
        var requests = GoldenRequests.Read(Path.Combine(Checkout.Root, "tests", "golden-messages", "messages.txt"));
        var run = new FuzzRun([.. broker.Broker.Endpoints.Select(endpoint => (endpoint.Host, endpoint.Port))], requests, seed: 5);
        using var good = new GoodClient(broker.Broker.BootstrapServers);
        await good.PrepareAsync();

        await FuzzRun.WorkUntilAsync(good, run.SendAsync(rounds: 1, TestContext.Current.CancellationToken));

        Assert.True(good.Done > 0);
        Assert.True(run.Tally.Answered > requests.Count, run.Tally.ToString());
        Assert.DoesNotContain(broker.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }
}
