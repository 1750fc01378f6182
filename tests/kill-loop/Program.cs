using System.Globalization;
using Fink.Kafka.Broker;
using Fink.KillLoop;

// broker PORT DATA-DIRECTORY: the broker to kill, where it is not another program.
if (args is ["broker", var port, var data])
{
    await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions
    {
        DataDirectory = data,
        Properties = new Dictionary<string, string>
        {
            ["listeners"] = $"PLAINTEXT://127.0.0.1:{port}",
            ["group.initial.rebalance.delay.ms"] = "0",
        },
    });
    await Task.Delay(Timeout.Infinite);
}

// BOOTSTRAP ROUNDS SEED BROKER-COMMAND…
if (args is not [var bootstrap, var rounds, var seed, _, ..])
{
    await Console.Error.WriteLineAsync("Usage: Fink.KillLoop BOOTSTRAP-SERVERS ROUNDS SEED BROKER-COMMAND…");
    return 2;
}

var options = new KillLoopOptions
{
    BootstrapServers = bootstrap,
    Rounds = int.Parse(rounds, CultureInfo.InvariantCulture),
    Seed = int.Parse(seed, CultureInfo.InvariantCulture),
    Broker = args[3..],
};
var ledger = await new KillLoop(options, Console.WriteLine).RunAsync();
foreach (var violation in ledger.Violations) Console.WriteLine($"VIOLATION: {violation}");
return ledger.Violations.Count == 0 ? 0 : 1;
