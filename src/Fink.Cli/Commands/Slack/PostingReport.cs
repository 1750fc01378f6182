using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fink.Cli.Output;
using Fink.Slack;
using Fink.Slack.Alerts;

namespace Fink.Cli.Commands.Slack;

/// <summary>Says what became of each message as it is posted: what is posted is posted, whatever comes behind it.</summary>
internal sealed class PostingReport(Invocation run, OutputFormat format) : IProgress<ClassPosting>
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Channels that took no message the last time.
    private readonly HashSet<string> _failing = [];

    public void Report(ClassPosting value)
    {
        var channel = value.Message.Channel;
        if (value.Failure is { } failure)
        {
            // Once: a channel that is missing is missing all night.
            if (_failing.Add(channel))
            {
                run.Note($"fink-kafka: {failure.Message}");
            }

            return;
        }

        _failing.Remove(channel);
        Write(value.Message);
    }

    /// <summary>The exit code, when the last message is through; with what to do about channels that took none.</summary>
    public int Finish()
    {
        if (_failing.Count > 0)
        {
            run.Note($"{_failing.Count} {(_failing.Count == 1 ? "channel" : "channels")} took nothing: make them, or name those that there are in a file for --channels");
        }

        return _failing.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>What would be posted, as it would look.</summary>
    public void Preview(ClassMessage message)
    {
        if (format != OutputFormat.Table)
        {
            Write(message);
            return;
        }

        foreach (var text in message.Texts)
        {
            run.Terminal.Out.WriteLine($"#{message.Channel}");
            foreach (var line in text.Split('\n'))
            {
                run.Terminal.Out.WriteLine(PlainText.Cell(line));
            }

            run.Terminal.Out.WriteLine();
        }

        run.Terminal.Out.Flush();
    }

    private void Write(ClassMessage message)
    {
        run.Terminal.Out.WriteLine(format switch
        {
            OutputFormat.Json => new JsonObject
            {
                ["channel"] = message.Channel,
                ["class"] = message.Class,
                ["alerts"] = message.Alerts,
                ["texts"] = new JsonArray([.. message.Texts.Select(text => (JsonNode)text)]),
            }.ToJsonString(Readable),
            OutputFormat.Tsv => string.Join('\t', message.Channel, PlainText.Cell(message.Class), $"{message.Alerts}"),
            _ => PlainText.Cell($"#{message.Channel}: posted {Counted.Alerts(message.Alerts)} of class {message.Class}"),
        });
        run.Terminal.Out.Flush();
    }
}
