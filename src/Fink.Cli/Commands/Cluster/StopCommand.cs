using System.Text.Json.Nodes;
using Fink.Cli.Output;

namespace Fink.Cli.Commands.Cluster;

internal static class StopCommand
{
    public static Verb Create() => new(
        "stop",
        "Stop the cluster of the data folder: asks, waits, then kills",
        RunAsync,
        "stop",
        "stop --data-dir /var/lib/fink-kafka");

    public static async Task<int> RunAsync(Invocation run)
    {
        var outcome = await run.Cluster.Local.StopAsync(
            run.Settings.Timeout.IsDefault ? null : run.Cluster.Timeout, new StepReport(run), run.Cancellation);
        if (outcome.Killed.Count > 0)
        {
            run.Note($"killed, as it did not end when asked: {string.Join(", ", outcome.Killed)}");
        }

        if (run.Renderer.Format == OutputFormat.Table)
        {
            await run.Terminal.Out.WriteLineAsync(outcome.Stopped.Count == 0 ? "Kafka Server was not running" : "Kafka Server stopped");
            return ExitCode.Done;
        }

        run.Renderer.Write(new Result(
            new JsonObject { ["stopped"] = Names(outcome.Stopped), ["killed"] = Names(outcome.Killed) },
            new Table(["Process"], [.. outcome.Stopped.Select(name => (IReadOnlyList<string>)[name])])));
        return ExitCode.Done;
    }

    private static JsonArray Names(IReadOnlyList<string> names) => new([.. names.Select(name => (JsonNode)name)]);
}
