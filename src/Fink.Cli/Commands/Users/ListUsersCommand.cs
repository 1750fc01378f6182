using Fink.Cli.Output;
using Fink.Kafka;
using Fink.Kafka.Users;

namespace Fink.Cli.Commands.Users;

internal static class ListUsersCommand
{
    public static Verb Create() => new("list", "List the SCRAM users; no password is ever shown", RunAsync, "user list", "user list -o json");

    private static async Task<int> RunAsync(Invocation run)
    {
        using var admin = run.OpenAdmin();
        var users = await admin.Users.ListAsync(run.Cancellation);
        run.Renderer.Write(ListResult.Of(
            [.. users.SelectMany(user => user.Credentials, (user, credential) => (user, credential))],
            "no SCRAM users",
            new Column<(ScramUser User, ScramCredential Credential)>("User", "user", row => row.User.Name),
            new Column<(ScramUser User, ScramCredential Credential)>("Mechanism", "mechanism", row => row.Credential.Mechanism.ToKafkaName()),
            new Column<(ScramUser User, ScramCredential Credential)>(Heading.Number("Iterations"), "iterations", row => row.Credential.Iterations)));
        return ExitCode.Done;
    }
}
