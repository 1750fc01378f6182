using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Client;

namespace Fink.Cli.Commands.Alerts;

internal static class ConsumeCommand
{
    private static readonly string[] Formats = ["table", "json", "tsv", "avro", "curve"];

    public static Verb Create()
    {
        var topics = new Argument<string[]>("topics") { Description = "Topics to read", HelpName = "TOPIC", Arity = ArgumentArity.OneOrMore };
        var options = new ConsumeOptions();
        var output = new Option<string>("--output", "-o")
        {
            Description = "table, tsv, json (one line an alert), avro (one file an alert), or curve (its light curve, drawn)",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "table",
        };
        output.AcceptOnlyFromAmong(Formats);
        var verb = new Verb(
            "consume",
            "Read alerts back: a table, JSON lines, one Avro file an alert, or light curves",
            run => RunAsync(run, run.Get(topics)!, options, Format(run, output)),
            "consume fink_rrlyr_ztf --limit 10",
            "consume fink_rrlyr_ztf fink_ebwuma_ztf --from 2026-01-31T00:00:00Z --until-end -o json",
            "consume fink_rrlyr_ztf --limit 1 -o curve",
            "consume fink_rrlyr_ztf --until-end --html pages",
            "consume fink_rrlyr_ztf --group bob_group -o avro --outdir alerts --command-config bob.properties")
        {
            topics, output,
        };
        options.AddTo(verb);
        return verb;
    }

    /// <summary>What the original called <c>start distribution_test</c>: reads the conf file's topic and prints what comes.</summary>
    public static Verb CreateDistributionTest()
    {
        var topics = new Argument<string[]>("topics") { Description = "Topics to read [default: the conf file's DISTRIBUTION_TOPIC]", HelpName = "TOPIC", Arity = ArgumentArity.ZeroOrMore };
        var options = new ConsumeOptions();
        var output = new Option<string>("--output", "-o") { Description = "table, tsv, json, avro or curve", HelpName = "FORMAT", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong(Formats);
        var verb = new Verb(
            "distribution_test",
            "Read the distribution topic and print the decoded alerts",
            run =>
            {
                var named = run.Get(topics) is { Length: > 0 } given ? given
                    : run.Settings.Topic.Value is { } topic ? [topic]
                    : throw new UsageException("no topic: give one, or a conf file (-c) with DISTRIBUTION_TOPIC");
                return RunAsync(run, named, options, Format(run, output));
            },
            "start distribution_test -c conf/fink.conf.distribution --exit_after 60")
        {
            topics, output,
        };
        options.AddTo(verb);
        verb.Hidden = true;
        return verb;
    }

    private static string Format(Invocation run, Option<string> option)
    {
        if (run.IsGiven(option))
        {
            return run.Get(option)!;
        }

        var set = run.Variable("FINK_KAFKA_OUTPUT") ?? "table";
        return Formats.Contains(set) ? set : throw new UsageException($"'{set}' (environment FINK_KAFKA_OUTPUT) is no output format: it is one of {string.Join(", ", Formats)}");
    }

    private static async Task<int> RunAsync(Invocation run, IReadOnlyList<string> topics, ConsumeOptions options, string format)
    {
        var sink = AlertSink.For(run, format, options.OutputFolder(run), options.IsOverwriting(run));
        var pages = options.PageFolder(run) is { } folder ? new AlertPages(run, folder, options.IsOverwriting(run)) : null;
        var consumer = AlertConsumer.Create(options.Read(run, topics, run.Cluster.Connect("finkConsumer")), run.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        if (options.ExitAfter(run) is { } exitAfter)
        {
            end.CancelAfter(exitAfter);
        }

        try
        {
            await foreach (var alert in consumer.ReadAsync(end.Token))
            {
                sink.Write(alert);
                pages?.Write(alert);

                // Also where the run was interrupted meanwhile: what was written counts as read, and must have arrived.
                await run.Terminal.Out.FlushAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (!run.Cancellation.IsCancellationRequested)
        {
            run.Detail("the time is up");
        }

        run.Note(Closing(consumer.Counts, topics));
        var ofPages = pages?.Finish() ?? ExitCode.Done;
        run.Cancellation.ThrowIfCancellationRequested();
        var ofSink = sink.Finish();
        return ofSink == ExitCode.Done ? ofPages : ofSink;
    }

    private static string Closing(AlertCounts counts, IReadOnlyList<string> topics)
    {
        var duplicates = counts.Duplicates > 0 ? $", left out {counts.Duplicates} {(counts.Duplicates == 1 ? "duplicate" : "duplicates")}" : "";
        return $"read {counts.Alerts} {(counts.Alerts == 1 ? "alert" : "alerts")} from {string.Join(", ", topics)}{AlertReadingOptions.Skipped(counts)}{duplicates}";
    }
}
