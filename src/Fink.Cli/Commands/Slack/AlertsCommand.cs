using System.CommandLine;
using Fink.Cli.Commands.Alerts;
using Fink.Cli.Options;
using Fink.Client;
using Fink.Slack.Alerts;

namespace Fink.Cli.Commands.Slack;

internal static class AlertsCommand
{
    public static Verb Create()
    {
        var source = new Argument<string>("source") { Description = "A file (.parquet, .avro, .csv), a folder of Parquet, or a topic, which is read to its end", HelpName = "FILE|TOPIC" }.NotEmpty();
        var access = new SlackAccess();
        var alerts = new SlackAlertOptions();
        var reading = new AlertReadingOptions();
        var verb = new Verb(
            "alerts",
            "Tell channels of alerts: one table a class, to the channel of the class's letters (EB*WUMa: #ebwuma)",
            run => RunAsync(run, access, SlackAlertOptions.Channels(run), alerts.IsDryRun(run), Read(run, run.Get(source)!, alerts.ClassColumn(run), reading), run.Get(source)!),
            "slack alerts night.csv --dry-run",
            "slack alerts online/science --class-column cdsxmatch --channels conf/slack_channels",
            "slack alerts fink_rrlyr_ztf")
        {
            source,
        };
        alerts.AddTo(verb);
        reading.AddTo(verb);
        access.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(
        Invocation run, SlackAccess access, Fink.Slack.ChannelList? channels, bool isDryRun, IAsyncEnumerable<AlertRow> alerts, string source)
    {
        using var slack = isDryRun ? null : await access.ConnectAsync(run);
        var digest = new AlertDigest(channels);
        await foreach (var alert in alerts)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            digest.Add(alert);
        }

        var report = new PostingReport(run, run.Renderer.Format);
        if (slack is null)
        {
            digest.Messages().ToList().ForEach(report.Preview);
        }
        else
        {
            await slack.SendAlertsAsync(digest, report, run.Cancellation);
        }

        run.Note(digest.Alerts == 0 ? $"nothing to post: {source} holds no alerts" : $"read {Counted.Alerts(digest.Alerts)} from {source}, {Counted.PassedOver(digest.Skipped)}");
        return report.Finish();
    }

    private static IAsyncEnumerable<AlertRow> Read(Invocation run, string source, string? classColumn, AlertReadingOptions reading)
    {
        var path = run.Settings.FullPath(source);
        if (Path.Exists(path) || AlertFile.IsNamedLikeOne(source))
        {
            return AlertFile.Read(path, classColumn).ToAsyncEnumerable();
        }

        var rows = new AlertRows(classColumn);
        var options = reading.Read(run, [source], run.Cluster.Connect("finkConsumer")) with { UntilEnd = true, Require = rows.Require };
        return AlertConsumer.Create(options, run.Time).ReadAsync(run.Cancellation).Select(rows.Of);
    }
}
