using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Output;
using Fink.Kafka;

namespace Fink.Cli.Commands.Users;

internal static class DeleteUserCommand
{
    public static Verb Create()
    {
        var user = UserArguments.One();
        var force = new Option<bool>("--force") { Description = "Also the user that fink-kafka itself logs in as, or a super user of the cluster" };
        return new Verb("delete", "Delete a user with every mechanism; its ACLs stay", run => RunAsync(run, run.Get(user)!, run.Get(force)), "user delete bob", "user delete bob --yes")
        {
            user, force,
        };
    }

    private static async Task<int> RunAsync(Invocation run, string user, bool isForced)
    {
        run.Confirm($"delete user {user}");
        if (!isForced && WhyNot(run, user) is { } why)
        {
            throw new UsageException($"{why}. To delete it all the same say --force. Nothing was done");
        }

        using var admin = run.OpenAdmin();
        var mechanisms = await admin.Users.DeleteAsync(user, run.Cancellation);
        run.Renderer.WriteOutcomes([new Outcome("user", user, "deleted", string.Join(", ", mechanisms.Select(mechanism => mechanism.ToKafkaName())))]);
        return ExitCode.Done;
    }

    /// <summary>What would be lost with the user; null for one like any other.</summary>
    private static string? WhyNot(Invocation run, string user)
    {
        var connection = run.Cluster.Connect("admin");
        if (connection.Properties.User == user)
        {
            return $"{user} is who fink-kafka logs in as here: without it, it is locked out of {connection.BootstrapServers}";
        }

        return run.Cluster.AuthorizerOf(connection, [], allowIfNoAcl: false).SuperUsers.Contains($"User:{user}")
            ? $"{user} is a super user of {connection.BootstrapServers}: without one, only ACLs that are there already let anybody do anything"
            : null;
    }
}
