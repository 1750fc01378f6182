using Fink.Cli.Errors;
using Fink.Kafka;
using Fink.Kafka.Users;

namespace Fink.Cli.Legacy;

/// <summary><c>--authentication</c>: makes and deletes users with SCRAM-SHA-512.</summary>
internal static class LegacyAuthentication
{
    public static async Task<int> RunAsync(Invocation run, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
        {
            await run.Terminal.Error.WriteLineAsync(LegacyUsage.Authentication);
            return LegacyExitCode.TooFewArguments;
        }

        var isDeleting = false;
        string? user = null;
        string? password = null;
        foreach (var option in GetOpts.Read("adu:p:h", words))
        {
            switch (option)
            {
                case { Fault: LetterFault.Unknown }:
                    throw new CommandFailedException($"unknown option: -{option.Letter}", LegacyExitCode.UnknownLetter);
                // To delete needs no password, so a -p that stands alone does no harm.
                case { Fault: LetterFault.MissingValue } when !isDeleting:
                    throw new CommandFailedException($"option -{option.Letter} requires an argument", LegacyExitCode.MissingValue);
                case { Letter: 'h' }:
                    await run.Terminal.Out.WriteLineAsync(LegacyUsage.Authentication);
                    return ExitCode.Done;
                case { Letter: 'a' or 'd' }:
                    isDeleting = option.Letter == 'd';
                    break;
                case { Letter: 'u' }:
                    user = option.Value;
                    break;
                default:
                    password = option.Value;
                    break;
            }
        }

        if (string.IsNullOrEmpty(user) || (!isDeleting && string.IsNullOrEmpty(password)))
        {
            throw new CommandFailedException(
                isDeleting ? "a user is missing: -d -u USER" : "a user or password is missing: -a -u USER -p PASSWORD", LegacyExitCode.MissingUserOrPassword);
        }

        return isDeleting ? await DeleteAsync(run, user) : await AddAsync(run, user, password!);
    }

    private static async Task<int> AddAsync(Invocation run, string user, string password)
    {
        run.Note($"warning: others can see a password that is given with -p; fink-kafka user add {user} asks for it");
        using var admin = run.OpenAdmin();
        await admin.Users.AddAsync(user, new Secret(password), ScramMechanism.Sha512, UserAdmin.DefaultIterations, run.Cancellation);
        await run.Terminal.Out.WriteLineAsync($"Completed updating config for user {user}.");
        return ExitCode.Done;
    }

    private static async Task<int> DeleteAsync(Invocation run, string user)
    {
        using var admin = run.OpenAdmin();
        await admin.Users.DeleteAsync(user, run.Cancellation);
        await run.Terminal.Out.WriteLineAsync($"Deleted user {user}.");
        return ExitCode.Done;
    }
}
