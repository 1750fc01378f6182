using System.Globalization;
using System.Text.Json.Nodes;
using Fink.Cli.Errors;
using Fink.Cli.Output;
using Fink.Distribution;

namespace Fink.Cli.Commands.Alerts;

/// <summary>What a distribution did, and its exit code.</summary>
internal static class DistributionResult
{
    public static int Write(Invocation run, DistributionSummary summary, DistributionOptions options, bool isDryRun)
    {
        Notes(run, summary);
        run.Renderer.Write(new Result(Json(summary), Topics(summary)));
        run.Note(Closing(summary, options, isDryRun));
        if (summary.Error is { } error)
        {
            var report = ErrorReport.Of(error);
            foreach (var line in report.Lines)
            {
                run.Note($"fink-kafka: {line}");
            }

            return report.ExitCode;
        }

        return summary.End == DistributionEnd.Cancelled ? ExitCode.Interrupted
            : summary.Succeeded ? ExitCode.Done
            : ExitCode.Failed;
    }

    private static void Notes(Invocation run, DistributionSummary summary)
    {
        foreach (var notice in summary.Notices)
        {
            run.Note($"note: {notice}");
        }

        foreach (var file in summary.FailedFiles)
        {
            run.Note($"file {file.File}: {file.Reason}; the next run tries it again");
        }

        foreach (var failure in summary.Failures)
        {
            run.Note($"alert {failure.AlertId} to {failure.Topic}: {failure.Reason}{(failure.IsRetried ? "; the next run sends it again" : "")}");
        }

        if (summary.Failed > summary.Failures.Count)
        {
            run.Note($"and {summary.Failed - summary.Failures.Count} more failed");
        }
    }

    private static Table Topics(DistributionSummary summary)
    {
        List<IReadOnlyList<string>> rows = [.. summary.Topics.Select(topic => Row(topic.Topic, topic.Matched, topic.Sent, topic.Failed))];
        return new Table(["Topic", Heading.Number("Matched"), Heading.Number("Sent"), Heading.Number("Failed")], rows) { WhenEmpty = "no topic got anything" };
    }

    internal static string Closing(DistributionSummary summary, DistributionOptions options, bool isDryRun)
    {
        var counts = $"read {summary.Read} alerts: {summary.Matched} matched, {summary.Sent} sent, {summary.Failed} failed";
        return summary.End switch
        {
            DistributionEnd.NothingToDo when summary.FailedFiles.Count > 0 => $"nothing sent: job {options.Job} has no backlog but what could not be read",
            DistributionEnd.NothingToDo when summary.Files == 0 => $"nothing to do: {options.Source} holds no Parquet file",
            // Whether it was done by other rules the work list does not say.
            DistributionEnd.NothingToDo => $"nothing to do: job {options.Job} has nothing left of {options.Source}; for other rules name another --job",
            DistributionEnd.LimitReached => $"{counts}; the limit was reached",
            DistributionEnd.TimeUp => $"{counts}; the time is up, {summary.SlicesLeft} slices are left for the next run",
            DistributionEnd.Cancelled => $"{counts}; stopped, {summary.SlicesLeft} slices are left for the next run",
            DistributionEnd.Stopped => $"{counts}; stopped by an error, {summary.SlicesLeft} slices are left for the next run",
            _ when isDryRun => $"read {summary.Read} alerts: {summary.Matched} matched; nothing was sent, as this is a dry run",
            _ => counts,
        };
    }

    private static JsonObject Json(DistributionSummary summary) => new()
    {
        ["end"] = char.ToLowerInvariant(summary.End.ToString()[0]) + summary.End.ToString()[1..],
        ["read"] = summary.Read,
        ["matched"] = summary.Matched,
        ["sent"] = summary.Sent,
        ["failed"] = summary.Failed,
        ["slicesDone"] = summary.SlicesDone,
        ["slicesLeft"] = summary.SlicesLeft,
        ["topics"] = new JsonArray([.. summary.Topics.Select(topic => (JsonNode)new JsonObject
        {
            ["topic"] = topic.Topic,
            ["matched"] = topic.Matched,
            ["sent"] = topic.Sent,
            ["failed"] = topic.Failed,
        })]),
        ["failures"] = new JsonArray([.. summary.Failures.Select(failure => (JsonNode)new JsonObject
        {
            ["alertId"] = failure.AlertId,
            ["topic"] = failure.Topic,
            ["reason"] = failure.Reason,
            ["retried"] = failure.IsRetried,
        })]),
        ["failedFiles"] = new JsonArray([.. summary.FailedFiles.Select(file => (JsonNode)new JsonObject { ["file"] = file.File, ["reason"] = file.Reason })]),
    };

    private static IReadOnlyList<string> Row(string topic, params IReadOnlyList<long> counts) =>
        [topic, .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))];
}
