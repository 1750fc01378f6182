using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Slack;

namespace Fink.Cli.Commands.Slack;

/// <summary>Which alerts are told of, and to which channels.</summary>
internal sealed class SlackAlertOptions
{
    private readonly Option<string?> _classColumn = new("--class-column") { Description = "The column of the classes [default: cdsxmatch, cross_match_alerts_per_batch or their like]", HelpName = "COLUMN" };
    private readonly Option<string?> _channels = new("--channels") { Description = "Post only to the channels of this file, one a line [default: SLACK_CHANNELS, else every class's]", HelpName = "FILE" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print what would be posted; nothing is posted, nothing committed, and no token is needed" };

    public void AddTo(Command command)
    {
        command.Options.Add(_classColumn);
        command.Options.Add(_channels);
        command.Options.Add(_dryRun);
    }

    public string? ClassColumn(Invocation run) => run.Get(_classColumn);

    public bool IsDryRun(Invocation run) => run.Get(_dryRun);

    /// <summary>Null where every class has its channel.</summary>
    /// <exception cref="UsageException">The file cannot be read, is no such list, or names none.</exception>
    public static ChannelList? Channels(Invocation run)
    {
        var setting = run.Settings.SlackChannels;
        if (setting.Value is not { } path)
        {
            return null;
        }

        try
        {
            var channels = ChannelList.Load(run.Settings.FullPath(path));
            return channels.IsEmpty ? throw new UsageException($"the list of channels {path} ({setting.Origin}) names none: one a line, without #") : channels;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UsageException($"the list of channels {path} ({setting.Origin}): {error.Message}");
        }
    }
}
