using System.Net;
using Fink.Kafka.Broker.Dispatch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Dispatch;

public sealed class ClientLogTests
{
    [Fact]
    public void Any_number_of_addresses_have_a_bounded_number_of_lines_and_each_of_the_first_has_its_own()
    {
        var log = new TestLog();
        var clients = new ClientLog(log, new FakeTimeProvider());
        for (var i = 0; i < 100_000; i++) Write(clients.LineOf(new IPAddress(i % 5000)));

        Assert.InRange(log.Lines.Count, 1000, 1010);
    }

    [Fact]
    public void A_quiet_address_has_lines_beside_one_that_has_had_all_of_its_own()
    {
        var log = new TestLog();
        var time = new FakeTimeProvider();
        var clients = new ClientLog(log, time);
        for (var i = 0; i < 100; i++) clients.LineOf(IPAddress.Loopback);

        Assert.Same(NullLogger.Instance, clients.LineOf(IPAddress.Loopback));
        Assert.Same(log, clients.LineOf(IPAddress.IPv6Loopback));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(log, clients.LineOf(IPAddress.Loopback));
    }

    private static void Write(ILogger logger) => logger.Log(LogLevel.Information, default, "a line", null, (state, _) => state);
}
