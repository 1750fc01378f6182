using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Cli.Output;

namespace Fink.Cli.Commands.Slack;

internal static class SendCommand
{
    private const string FromInput = "-";

    public static Verb Create()
    {
        var recipient = new Argument<string>("recipient") { Description = "'#channel', a user's name, or the id of either", HelpName = "CHANNEL|USER" }.NotEmpty();
        var message = new Argument<string>("message") { Description = "The text, in Slack's markup; - reads it from standard input", HelpName = "MESSAGE" };
        var access = new SlackAccess();
        var verb = new Verb(
            "send",
            "Post a message to a channel or a user; a long one becomes several",
            run => RunAsync(run, access, run.Get(recipient)!, run.Get(message)!),
            "slack send '#alerts' 'the night is over'",
            "slack send 'Ana Example' 'the night is over' --token-file slack.token",
            "slack send '#alerts' -")
        {
            recipient, message,
        };
        access.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, SlackAccess access, string recipient, string message)
    {
        var text = message == FromInput ? run.Terminal.Ask(run.Terminal.In.ReadToEnd, run.Cancellation) : message;
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UsageException("the message is empty");
        }

        using var slack = await access.ConnectAsync(run);
        var parts = await slack.SendAsync(recipient, text, run.Cancellation);
        run.Renderer.WriteOutcomes([new Outcome("message", recipient, "posted", parts > 1 ? $"in {parts} parts" : null)]);
        return ExitCode.Done;
    }
}
