using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.KillLoop;

namespace Fink.Kafka.Broker.Tests.Hosting;

/// <summary>A short run of tests/kill-loop; tests/kill-loop/run.sh does as many as one likes.</summary>
public sealed class KillLoopTests
{
    private const int Kills = 6;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_broker_is_killed()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var options = new KillLoopOptions
        {
            Broker = ["dotnet", Path.Combine(AppContext.BaseDirectory, "Fink.KillLoop.dll"), "broker", port, folder.Path],
            BootstrapServers = $"127.0.0.1:{port}",
            Rounds = Kills,
        };

        var ledger = await new KillLoop.KillLoop(options, TestContext.Current.SendDiagnosticMessage).RunAsync();

        Assert.Empty(ledger.Violations);
        Assert.True(ledger.RecordsAcknowledged > 0);
        Assert.True(ledger.CommitsAcknowledged > 0);
        Assert.True(ledger.TopicsCreated > 0);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
