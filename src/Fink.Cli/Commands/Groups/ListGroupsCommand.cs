using Fink.Cli.Output;
using Fink.Kafka.Groups;

namespace Fink.Cli.Commands.Groups;

internal static class ListGroupsCommand
{
    public static Verb Create() => new("list", "List consumer groups", RunAsync, "group list", "group list -o json");

    private static async Task<int> RunAsync(Invocation run)
    {
        using var admin = run.OpenAdmin();
        run.Renderer.Write(ListResult.Of(
            await admin.Groups.ListAsync(run.Cancellation),
            "no consumer groups",
            new Column<GroupSummary>("Group", "groupId", group => group.Name),
            new Column<GroupSummary>("State", "state", group => group.State)));
        return ExitCode.Done;
    }
}
