using System.Text.Json.Nodes;
using Fink.Cli.Errors;
using Fink.Cli.Output;
using Fink.Kafka;
using Fink.Kafka.Users;

namespace Fink.Cli.Commands.Users;

internal static class VerifyUserCommand
{
    public static Verb Create()
    {
        var user = UserArguments.One();
        var mechanism = UserArguments.Mechanism();
        var password = new PasswordOptions(mayGenerate: false);
        var verb = new Verb(
            "verify",
            "Log in as a user: exit 0 if the cluster takes the password, 3 if it refuses it",
            run => RunAsync(run, run.Get(user)!, password, UserArguments.MechanismOf(run.Get(mechanism)!)),
            "user verify bob",
            "user verify bob --password-file bob.password")
        {
            user, mechanism,
        };
        password.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, string user, PasswordOptions options, ScramMechanism mechanism)
    {
        var (password, _) = options.Read(run, user);
        if (UserAdmin.LoginMistake(user, password) is { } mistake)
        {
            throw new UsageException($"user '{user}': {mistake}, so that the cluster was not asked");
        }

        using var admin = run.OpenAdmin();
        var isAccepted = await admin.Users.VerifyAsync(user, password, mechanism, run.Cancellation);
        var why = isAccepted ? $"{user} can log in ({mechanism.ToKafkaName()})" : $"the cluster refuses {user} with this password ({mechanism.ToKafkaName()})";
        run.Renderer.Write(new Result(
            new JsonObject { ["user"] = user, ["accepted"] = isAccepted, ["why"] = why },
            new Table([], [[why]])));
        return isAccepted ? ExitCode.Done : ExitCode.AssertionFailed;
    }
}
