using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Kafka;

namespace Fink.Cli.Commands.Users;

/// <summary>Where a password comes from: never from the command line, which every user of the machine can read.</summary>
internal sealed class PasswordOptions(bool mayGenerate)
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private readonly Option<bool> _fromInput = new("--password-stdin") { Description = "Read the password from standard input" };
    private readonly Option<string?> _fromFile = new("--password-file") { Description = "Read the password from a file", HelpName = "FILE" };
    private readonly Option<bool> _generate = new("--generate") { Description = "Make a password and print it, once" };

    public void AddTo(Command command)
    {
        command.Options.Add(_fromInput);
        command.Options.Add(_fromFile);
        if (mayGenerate)
        {
            command.Options.Add(_generate);
        }
    }

    /// <summary>The password, and whether it was made here, so that only we know it.</summary>
    /// <exception cref="UsageException">No source or several, or an empty password.</exception>
    public (Secret Password, bool IsGenerated) Read(Invocation run, string user)
    {
        var file = run.Get(_fromFile);
        var generate = mayGenerate && run.Get(_generate);
        var sources = (run.Get(_fromInput) ? 1 : 0) + (file is null ? 0 : 1) + (generate ? 1 : 0);
        if (sources > 1)
        {
            throw new UsageException($"one password, please: {Choices} exclude each other");
        }

        if (generate)
        {
            return (new Secret(RandomNumberGenerator.GetString(Letters, 32)), true);
        }

        var text = file is not null ? WithoutLastLineEnd(SecretFile.Read(run, "--password-file", "password", file))
            : run.Get(_fromInput) ? WithoutLastLineEnd(run.Terminal.In.ReadToEnd())
            : Prompt(run, user);
        return text.Length > 0
            ? (new Secret(text), false)
            : throw new UsageException($"the password of {user} is empty");
    }

    private string Choices => mayGenerate ? "--password-stdin, --password-file and --generate" : "--password-stdin and --password-file";

    private string Prompt(Invocation run, string user)
    {
        if (!run.Terminal.IsInputTerminal)
        {
            throw new UsageException($"no password for {user}, and no terminal to ask at: give one of {Choices}");
        }

        var first = ReadHidden(run, $"Password of {user}: ");
        // Only a new password is asked for twice: a wrong one that is verified shows by itself.
        return !mayGenerate || first == ReadHidden(run, "Again: ")
            ? first
            : throw new UsageException("the two passwords differ, so nothing was done");
    }

    private static string ReadHidden(Invocation run, string prompt)
    {
        run.Terminal.HideTyping();
        run.Terminal.Error.Write(prompt);
        var text = new StringBuilder();
        while (true)
        {
            var key = run.Terminal.Ask(run.Terminal.ReadKey, run.Cancellation);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    run.Terminal.Error.WriteLine();
                    return text.ToString();
                case { Key: ConsoleKey.Backspace }:
                    text.Length = Math.Max(0, text.Length - 1);
                    break;
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                    throw new OperationCanceledException(run.Cancellation);
                case { KeyChar: >= ' ' }:
                    text.Append(key.KeyChar);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Exactly one: a password may end in a space, and even in a line break.</summary>
    private static string WithoutLastLineEnd(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
