using Fink.Cli.Output;
using Fink.Kafka;

namespace Fink.Cli.Commands.Users;

internal static class DeleteUserCommand
{
    public static Verb Create()
    {
        var user = UserArguments.One();
        return new Verb("delete", "Delete a user with every mechanism; its ACLs stay", run => RunAsync(run, run.Get(user)!), "user delete bob", "user delete bob --yes")
        {
            user,
        };
    }

    private static async Task<int> RunAsync(Invocation run, string user)
    {
        run.Confirm($"delete user {user}");
        using var admin = run.OpenAdmin();
        var mechanisms = await admin.Users.DeleteAsync(user, run.Cancellation);
        run.Renderer.WriteOutcomes([new Outcome("user", user, "deleted", string.Join(", ", mechanisms.Select(mechanism => mechanism.ToKafkaName())))]);
        return ExitCode.Done;
    }
}
