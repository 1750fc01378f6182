using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Slack;

namespace Fink.Cli.Commands.Slack;

/// <summary>Which Slack a command speaks to: its token, never from the command line, and the API's address.</summary>
internal sealed class SlackAccess
{
    private readonly Option<string?> _tokenFile = new("--token-file") { Description = "Read the token from a file [default: SLACK_API_TOKEN of the environment or the conf file]", HelpName = "FILE" };

    public void AddTo(Command command) => command.Options.Add(_tokenFile);

    /// <summary>Logs in: a token that is no good ends the command before anything is read.</summary>
    /// <exception cref="UsageException">No token, or no address.</exception>
    /// <exception cref="SlackException"/>
    public async Task<SlackNotifier> ConnectAsync(Invocation run)
    {
        var options = new SlackOptions(Token(run))
        {
            Api = Api(run),
            Timeout = run.Cluster.Timeout,
            OnWait = wait => run.Note($"{wait.Reason}: going on in {wait.Pause.TotalSeconds:0.#} s"),
        };
        var slack = await SlackNotifier.ConnectAsync(options, run.Time, run.Cancellation);
        run.Detail($"logged in to {slack.Workspace} at {options.Api.Host}");
        return slack;
    }

    private SlackToken Token(Invocation run)
    {
        var file = run.Get(_tokenFile);
        var setting = run.Settings.SlackApiToken;
        var text = file is not null ? SecretFile.Read(run, "--token-file", "token", file)
            : setting.Value ?? throw new UsageException("no Slack token: set SLACK_API_TOKEN in the environment or the conf file, or give --token-file");
        try
        {
            return new SlackToken(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{(file is not null ? $"--token-file {file}" : setting.Origin)}: {e.Message}");
        }
    }

    private static Uri Api(Invocation run)
    {
        var setting = run.Settings.SlackApiUrl;
        if (setting.Value is not { } text)
        {
            return SlackOptions.SlackCom;
        }

        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
        if (!isAddress)
        {
            throw new UsageException($"SLACK_API_URL ({setting.Origin}) is no address: write https://HOST/api/, without a name or password");
        }

        if (address!.Scheme == "http" && !address.IsLoopback)
        {
            run.Note($"warning: the token goes to {address.Host} unencrypted: SLACK_API_URL ({setting.Origin}) begins with http");
        }

        return address;
    }
}
