using System.Diagnostics;
using System.Globalization;
using System.Net;
using Confluent.Kafka;
using Fink.Fuzz;

// broker DATA-DIRECTORY: the broker under fire.
if (args is ["broker", var data])
{
    await FuzzBroker.ServeAsync(data);
    return 0;
}

// SECONDS SEED MESSAGES DATA-DIRECTORY [alone]
if (args is not [var seconds, var seed, var messages, var folder, .. [] or ["alone"]])
{
    await Console.Error.WriteLineAsync("Usage: Fink.Fuzz SECONDS SEED MESSAGES.txt DATA-DIRECTORY [alone]");
    return 2;
}

const int SecondsBetweenLooks = 100;
// What the good client costs by itself, to tell it from what the nonsense costs.
var isAlone = args.Length == 5;

using var broker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(FuzzBroker).Assembly.Location, "broker", folder])
{
    RedirectStandardInput = true,
    RedirectStandardOutput = true,
})!;
var endpoints = (await broker.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the broker did not start"))
    .Split(' ').Select(IPEndPoint.Parse).Select(endpoint => (endpoint.Address.ToString(), endpoint.Port)).ToArray();
var requests = GoldenRequests.Read(messages);
var run = new FuzzRun([.. endpoints, endpoints[0]], requests, int.Parse(seed, CultureInfo.InvariantCulture));
Console.WriteLine($"{requests.Count} requests of every API and version, {FrameMutator.Kinds} ways to spoil one, seed {seed}");

using (var good = new GoodClient(new ClientConfig { BootstrapServers = $"{endpoints[0].Item1}:{endpoints[0].Port}" }))
{
    await good.PrepareAsync();
    await FuzzRun.WorkUntilAsync(good, run.SendAsync(rounds: 1, CancellationToken.None));
    await good.CleanUpAsync();
    Console.WriteLine($"after one round:  {await FuzzBroker.AskMemoryAsync(broker)}; {run.Tally}; good client {good.Done} of {good.Done}");

    var left = int.Parse(seconds, CultureInfo.InvariantCulture);
    for (var spent = 0; left > 0; left -= SecondsBetweenLooks)
    {
        var stretch = Math.Min(left, SecondsBetweenLooks);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(stretch));
        await FuzzRun.WorkUntilAsync(good, isAlone ? EndAsync(time.Token) : run.SendAsync(int.MaxValue, time.Token));
        await good.CleanUpAsync();
        spent += stretch;
        Console.WriteLine($"after {spent} s more: {await FuzzBroker.AskMemoryAsync(broker)}; {run.Tally}; good client {good.Done} of {good.Done}");
    }
}

broker.StandardInput.Close();
await broker.WaitForExitAsync();
Console.WriteLine($"the broker stopped with {broker.ExitCode}");
return broker.ExitCode;

static async Task EndAsync(CancellationToken end)
{
    var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    await using var registration = end.Register(ended.SetResult);
    await ended.Task;
}
