using System.CommandLine;
using Fink.Cli.Output;

namespace Fink.Cli.Commands.Topics;

internal static class ListTopicsCommand
{
    public static Verb Create()
    {
        var includeInternal = new Option<bool>("--internal") { Description = "Kafka's own topics as well" };
        return new Verb("list", "List the topics that you may see", run => RunAsync(run, run.Get(includeInternal)), "topic list", "topic list -o json")
        {
            includeInternal,
        };
    }

    private static async Task<int> RunAsync(Invocation run, bool includeInternal)
    {
        using var admin = run.OpenAdmin();
        var names = await admin.Topics.ListAsync(includeInternal, run.Cancellation);
        run.Renderer.Write(ListResult.Of(names, "no topics that you may see", new Column<string>("Topic", "name", name => name)));
        return ExitCode.Done;
    }
}
