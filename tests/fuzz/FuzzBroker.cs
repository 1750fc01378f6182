using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Fink.Kafka.Broker;

namespace Fink.Fuzz;

/// <summary>The broker under fire, in a process of its own: its memory is only its own.</summary>
internal static class FuzzBroker
{
    private const string Memory = "memory";

    /// <summary>Says where it listens, then answers each line <c>memory</c> with its numbers, until the input ends.</summary>
    public static async Task ServeAsync(string data)
    {
        await using var broker = await EmbeddedBroker.StartAsync(Options(data));
        Console.WriteLine(string.Join(' ', broker.Endpoints));
        while (await Console.In.ReadLineAsync() is Memory)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{GC.GetTotalMemory(forceFullCollection: true) / 1024} {GC.GetGCMemoryInfo().TotalCommittedBytes / 1024} {process.WorkingSet64 / 1024} {JitInfo.GetCompiledMethodCount()} {process.Threads.Count} {process.HandleCount}"));
        }
    }

    /// <summary>Everybody on the first listener may do everything, so that nonsense reaches every API; on the second one must log in.</summary>
    public static BrokerOptions Options(string data) => new()
    {
        DataDirectory = data,
        Properties = new Dictionary<string, string>
        {
            ["listeners"] = "PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0",
            ["authorizer.class.name"] = "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            ["super.users"] = "User:ANONYMOUS",
            ["group.initial.rebalance.delay.ms"] = "0",
            ["connection.failed.authentication.delay.ms"] = "0",
        },
        InitialUsers = [new InitialUser("alice", "alice-secret")],
    };

    /// <summary>Live heap, what the heap holds of the system, and resident memory in KiB; methods compiled, threads, open files.</summary>
    public static async Task<string> AskMemoryAsync(Process broker)
    {
        await broker.StandardInput.WriteLineAsync(Memory);
        await broker.StandardInput.FlushAsync();
        var numbers = (await broker.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the broker has ended")).Split(' ');
        return $"heap {numbers[0]} of {numbers[1]} KiB, resident {numbers[2]} KiB, {numbers[3]} methods compiled, {numbers[4]} threads, {numbers[5]} handles";
    }
}
