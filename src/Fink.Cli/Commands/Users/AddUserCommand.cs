using System.CommandLine;
using System.Text.Json.Nodes;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Kafka;
using Fink.Kafka.Users;

namespace Fink.Cli.Commands.Users;

internal static class AddUserCommand
{
    public static Verb Create()
    {
        var user = UserArguments.One();
        var mechanism = UserArguments.Mechanism();
        var iterations = new Option<int?>("--iterations") { Description = $"[default: {UserAdmin.DefaultIterations}]", HelpName = "N" };
        iterations.RequireAtLeast(UserAdmin.DefaultIterations);
        var password = new PasswordOptions(mayGenerate: true);
        var verb = new Verb(
            "add",
            "Make a user, or give one a new password; asks for it unless an option says where it is",
            run => RunAsync(run, run.Get(user)!, password, UserArguments.MechanismOf(run.Get(mechanism)!), run.Get(iterations)),
            "user add bob --generate",
            "user add bob --password-file bob.password",
            "user add bob --password-stdin --mechanism SCRAM-SHA-256 --iterations 8192 < bob.password")
        {
            user, mechanism, iterations,
        };
        password.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, string user, PasswordOptions options, ScramMechanism mechanism, int? iterations)
    {
        var (password, isGenerated) = options.Read(run, user);
        if (UserAdmin.AddMistake(user, password) is { } mistake)
        {
            throw new UsageException($"user '{user}': {mistake}");
        }

        using var admin = run.OpenAdmin();
        var existed = await admin.Users.AddAsync(user, password, mechanism, iterations ?? UserAdmin.DefaultIterations, run.Cancellation);
        var state = existed ? "changed" : "added";
        if (!isGenerated)
        {
            run.Renderer.WriteOutcomes([new Outcome("user", user, state, mechanism.ToKafkaName())]);
            return ExitCode.Done;
        }

        run.Note($"user {user}: {state} ({mechanism.ToKafkaName()}); its password is shown once");
        if (run.Renderer.Format == OutputFormat.Json)
        {
            run.Renderer.Write(new Result(new JsonObject { ["user"] = user, ["result"] = state, ["mechanism"] = mechanism.ToKafkaName(), ["password"] = password.Reveal() }));
        }
        else
        {
            // Alone on the output, so that PASSWORD=$(fink-kafka user add bob --generate) works.
            await run.Terminal.Out.WriteLineAsync(password.Reveal());
        }

        return ExitCode.Done;
    }
}
