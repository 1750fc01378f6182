using Fink.Cli.Output;

namespace Fink.Cli.Commands.Topics;

internal static class DeleteTopicCommand
{
    public static Verb Create()
    {
        var names = TopicArguments.Several();
        return new Verb("delete", "Delete topics and all their alerts", run => RunAsync(run, run.Get(names)!), "topic delete fink_old", "topic delete fink_a fink_b --yes")
        {
            names,
        };
    }

    private static async Task<int> RunAsync(Invocation run, string[] names)
    {
        run.Confirm($"delete {(names.Length == 1 ? "topic" : "topics")} {string.Join(", ", names)} with all alerts");
        using var admin = run.OpenAdmin();
        var deleted = await TopicArguments.TellingDoneAsync(run, "deleted", async () =>
        {
            await admin.Topics.DeleteAsync(names, run.Cancellation);
            return names;
        });
        run.Renderer.WriteOutcomes([.. deleted.Select(name => new Outcome("topic", name, "deleted"))]);
        return ExitCode.Done;
    }
}
