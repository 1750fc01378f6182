using System.CommandLine;
using Fink.Cli.Commands.Alerts;
using Fink.Cli.Options;
using Fink.Client;
using Fink.Kafka;
using Fink.Slack.Alerts;
using Fink.Slack.Following;

namespace Fink.Cli.Commands.Slack;

internal static class FollowCommand
{
    /// <summary>Of the groups that the first user <c>finkConsumer</c> may use.</summary>
    private const string DefaultGroup = "spark-kafka-slack";

    public static Verb Create()
    {
        var topics = new Argument<string[]>("topics") { Description = "Topics to follow", HelpName = "TOPIC", Arity = ArgumentArity.OneOrMore }.NotEmpty();
        var group = new Option<string>("--group") { Description = "The consumer group that remembers what is posted", HelpName = "GROUP", DefaultValueFactory = _ => DefaultGroup };
        var every = new Option<TimeSpan?>("--every") { Description = "Gather alerts for so long, from the first one on [default: 1m]", HelpName = "TIME", CustomParser = GlobalOptions.ParseDuration };
        var grace = new Option<TimeSpan?>("--grace") { Description = "How long a digest that is being posted may still take when the run is stopped; one that takes longer is cut off, and the next run posts all of it again [default: 10s]", HelpName = "TIME", CustomParser = GlobalOptions.ParseDuration };
        var untilEnd = new Option<bool>("--until-end") { Description = "End where the topics end now, as a cron job wants" };
        var access = new SlackAccess();
        var alerts = new SlackAlertOptions();
        var reading = new AlertReadingOptions();
        var verb = new Verb(
            "follow",
            "Post digests of topics as alerts come; a later run goes on behind what is posted, or posts the last digest again",
            run =>
            {
                var rows = new AlertRows(alerts.ClassColumn(run));
                var consumer = reading.Read(run, run.Get(topics)!, run.Cluster.Connect("finkConsumer")) with { Group = run.Get(group), Commit = CommitMode.Manual, UntilEnd = run.Get(untilEnd), Require = rows.Require };
                var defaults = new FollowOptions();
                var options = new FollowOptions { Channels = SlackAlertOptions.Channels(run), Interval = run.Get(every) ?? defaults.Interval, Grace = run.Get(grace) ?? defaults.Grace };
                return alerts.IsDryRun(run)
                    ? PreviewAsync(run, consumer, options, rows)
                    : RunAsync(run, access, consumer, options, rows);
            },
            "slack follow fink_rrlyr_ztf fink_ebwuma_ztf --channels conf/slack_channels",
            "slack follow fink_rrlyr_ztf --until-end",
            "slack follow fink_rrlyr_ztf --dry-run")
        {
            topics, group, every, grace, untilEnd,
        };
        reading.AddTo(verb);
        alerts.AddTo(verb);
        access.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, SlackAccess access, AlertConsumerOptions reading, FollowOptions options, AlertRows rows)
    {
        using var slack = await access.ConnectAsync(run);
        using var consumer = AlertConsumer.Create(reading, run.Time);
        var report = new PostingReport(run, run.Renderer.Format);
        var feed = new TopicFeed(consumer, rows, position => run.Note(
            $"{position.Topic} partition {position.Partition} went to another member of {reading.Group} while its alerts up to offset {position.Offset} were posted: that member may post them once more"));
        var summary = await FollowAsync(run, new SlackFollower(slack.PostAsync, options, run.Time), feed, report);
        var where = string.Join(", ", reading.Topics);
        var done = summary.Digests == 0
            ? $"nothing new in {where} for the group {reading.Group}"
            : $"read {Counted.Alerts(summary.Alerts)} from {where}, {Counted.PassedOver(summary.Skipped)}";
        run.Note(done + AlertReadingOptions.Skipped(consumer.Counts));
        return report.Finish();
    }

    private static async Task<FollowSummary> FollowAsync(Invocation run, SlackFollower follower, TopicFeed feed, PostingReport report)
    {
        try
        {
            return await follower.RunAsync(feed, report, run.Cancellation);
        }
        catch (DigestCutOffException cut)
        {
            run.Note($"fink-kafka: {cut.Message} A longer --grace lets a digest be ended.");
            throw;
        }
    }

    /// <summary>What is there for the group now. The group is only looked at: joining it would take partitions from who follows.</summary>
    private static async Task<int> PreviewAsync(Invocation run, AlertConsumerOptions reading, FollowOptions options, AlertRows rows)
    {
        var places = await PlacesAsync(run, reading.Group!);
        bool IsNew(Alert alert) => alert.Offset >= places.GetValueOrDefault((alert.Topic, alert.Partition));
        var fromAll = reading with
        {
            Group = null,
            Commit = CommitMode.Automatic,
            UntilEnd = true,
            Require = alert =>
            {
                if (IsNew(alert))
                {
                    rows.Require(alert);
                }
            },
        };
        var consumer = AlertConsumer.Create(fromAll, run.Time);
        var digest = new AlertDigest(options.Channels);
        await foreach (var alert in consumer.ReadAsync(run.Cancellation))
        {
            if (IsNew(alert))
            {
                digest.Add(rows.Of(alert));
            }
        }

        var report = new PostingReport(run, run.Renderer.Format);
        digest.Messages().ToList().ForEach(report.Preview);
        run.Note($"read {Counted.Alerts(digest.Alerts)} that are new for the group {reading.Group}, {Counted.PassedOver(digest.Skipped)}{AlertReadingOptions.Skipped(consumer.Counts)}; nothing was posted or committed");
        return ExitCode.Done;
    }

    private static async Task<Dictionary<(string Topic, int Partition), long>> PlacesAsync(Invocation run, string group)
    {
        using var admin = run.OpenAdmin();
        try
        {
            var described = await admin.Groups.DescribeAsync(group, run.Cancellation);
            return described.Partitions.Where(partition => partition.Committed is not null)
                .ToDictionary(partition => (partition.Topic, partition.Partition), partition => partition.Committed!.Value);
        }
        catch (KafkaOperationException e) when (e.Kind == FailureKind.NotFound)
        {
            return [];
        }
    }
}
