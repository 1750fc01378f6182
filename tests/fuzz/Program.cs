using System.Diagnostics;
using System.Globalization;
using System.Net;
using Fink.Fuzz;

// broker DATA-DIRECTORY: the broker under fire.
if (args is ["broker", var data])
{
    await FuzzBroker.ServeAsync(data);
    return 0;
}

// SECONDS SEED MESSAGES DATA-DIRECTORY
if (args is not [var seconds, var seed, var messages, var folder])
{
    await Console.Error.WriteLineAsync("Usage: Fink.Fuzz SECONDS SEED MESSAGES.txt DATA-DIRECTORY");
    return 2;
}

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

using (var good = new GoodClient($"{endpoints[0].Item1}:{endpoints[0].Port}"))
{
    await good.PrepareAsync();
    await FuzzRun.WorkUntilAsync(good, run.SendAsync(rounds: 1, CancellationToken.None));
    await good.CleanUpAsync();
    Console.WriteLine($"after one round:  {await FuzzBroker.AskMemoryAsync(broker)}; {run.Tally}; good client {good.Done} of {good.Done}");

    using var time = new CancellationTokenSource(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
    await FuzzRun.WorkUntilAsync(good, run.SendAsync(int.MaxValue, time.Token));
    await good.CleanUpAsync();
    Console.WriteLine($"after {seconds} s more: {await FuzzBroker.AskMemoryAsync(broker)}; {run.Tally}; good client {good.Done} of {good.Done}");
}

broker.StandardInput.Close();
await broker.WaitForExitAsync();
Console.WriteLine($"the broker stopped with {broker.ExitCode}");
return broker.ExitCode;
