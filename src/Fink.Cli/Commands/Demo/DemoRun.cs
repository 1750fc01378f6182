using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Fink.Cli.Errors;
using Fink.Cli.Output;
using Fink.Kafka.Cluster;

namespace Fink.Cli.Commands.Demo;

/// <summary>The demo from its first step to the last; whatever ends it, nothing is left behind unless asked for.</summary>
internal sealed class DemoRun
{
    private const int Steps = 10;

    private readonly Invocation _run;
    private readonly IReadOnlyList<DemoTopic> _topics;
    private readonly long _alerts;
    private readonly bool _isKept;
    private readonly DemoFolder _folder = new();
    private readonly DemoTool _tool;
    private readonly DemoNarrator _narrator;
    private int _step;

    public DemoRun(Invocation run, IReadOnlyList<DemoTopic> topics, long alerts, bool isKept)
    {
        (_run, _topics, _alerts, _isKept) = (run, topics, alerts, isKept);
        _tool = new DemoTool(_folder.Path, isKept, run.Terminal, run.Environment, run.Time);
        _narrator = new DemoNarrator(run, _folder.Path);
    }

    public async Task<int> RunAsync()
    {
        var begun = _run.Time.GetTimestamp();
        _narrator.Open(Steps, _isKept);
        IReadOnlyList<TopicCheck> checks;
        try
        {
            checks = await WalkAsync();
            _run.Cancellation.ThrowIfCancellationRequested();
        }
        catch (Exception error)
        {
            if (_isKept && error is not OperationCanceledException)
            {
                _run.Note($"what the demo did until then is in {_folder.Path}");
            }
            else
            {
                await CleanUpAsync();
            }

            throw;
        }

        if (!_isKept)
        {
            await CleanUpAsync();
        }

        return Close(checks, _run.Time.GetElapsedTime(begun));
    }

    private async Task<IReadOnlyList<TopicCheck>> WalkAsync()
    {
        _folder.Write(_topics, DemoScript.User, DemoScript.Stranger);
        await DoAsync(DemoScript.Start(FreePort()));
        await DoAsync(DemoScript.Simulate(_alerts));
        await DoAsync(DemoScript.Topics(_topics));
        await DoAsync(DemoScript.Users());
        await DoAsync(DemoScript.Rights());
        var printed = await DoAsync(DemoScript.Distribute());
        await DoAsync(DemoScript.Consume());
        await DoAsync(DemoScript.Refused());
        var (checks, bestCurve) = await CheckAsync(printed);
        await DoAsync(DemoScript.Curve(bestCurve));
        return checks;
    }

    /// <summary>Runs a step's commands as they are printed.</summary>
    /// <returns>What they printed as their result.</returns>
    private async Task<string> DoAsync(DemoStep step)
    {
        _narrator.Begin(++_step, Steps, step);
        using var printed = new TeeWriter(_narrator.Output);
        foreach (var command in step.Commands)
        {
            _narrator.Command(command);
            var exitCode = await _tool.RunAsync(command, printed, _run.Cancellation);
            _run.Cancellation.ThrowIfCancellationRequested();
            if (exitCode != step.ExitCode)
            {
                throw new CommandFailedException($"the demo stopped at step {_step}: '{CommandTree.ToolName} {command}' ended with exit code {exitCode}, not {step.ExitCode}");
            }
        }

        return printed.Written;
    }

    private async Task<(IReadOnlyList<TopicCheck> Checks, long BestCurve)> CheckAsync(string printed)
    {
        var step = DemoScript.Check();
        _narrator.Begin(++_step, Steps, step);
        _narrator.Command(step.Commands[0]);
        var cluster = new LocalCluster(Path.Combine(_folder.Path, "cluster"), _run.Variable, _run.Time).Describe()!;
        var reading = new TopicReading(_folder.Path, cluster.BootstrapServers, _run.Time);
        var checks = new List<TopicCheck>();
        foreach (var topic in _topics)
        {
            checks.Add(await reading.CheckAsync(topic, PrintedCounts.SentOf(topic.Name, printed), _run.Cancellation));
        }

        _narrator.Result(new Result(new JsonArray(), TableOf(checks)));
        return (checks, reading.BestCurve);
    }

    private int Close(IReadOnlyList<TopicCheck> checks, TimeSpan took)
    {
        var isRight = checks.All(check => check.Difference is null);
        if (_run.Renderer.Format != OutputFormat.Table)
        {
            _run.Renderer.Write(new Result(Json(checks, isRight, took), TableOf(checks)));
        }

        _narrator.Close(isRight, checks.Sum(check => check.Found.Count), checks.Count, took, _isKept);
        return isRight ? ExitCode.Done : ExitCode.AssertionFailed;
    }

    /// <summary>Also after Ctrl-C, so by no token of the run.</summary>
    private async Task CleanUpAsync()
    {
        var exitCode = await _tool.RunAsync($"stop {DemoScript.Cluster}", TextWriter.Null, CancellationToken.None);
        if (exitCode != ExitCode.Done)
        {
            _run.Note($"the demo's cluster could not be stopped, so {_folder.Path} is left for another try: fink-kafka stop --data-dir {Path.Combine(_folder.Path, "cluster")}");
            return;
        }

        try
        {
            _folder.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _run.Note($"{_folder.Path} could not be removed: {error.Message}");
        }
    }

    private static Table TableOf(IReadOnlyList<TopicCheck> checks) => new(
        ["Topic", Heading.Number("In the files"), Heading.Number("Sent"), Heading.Number("In the topic"), "Read as", "Check"],
        [.. checks.Select(check => (IReadOnlyList<string>)[
            check.Topic, Text(check.Expected.Count), check.Sent is { } sent ? Text(sent) : "-", Text(check.Found.Count), check.Reader, check.Difference ?? "ok"])]);

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private JsonObject Json(IReadOnlyList<TopicCheck> checks, bool isRight, TimeSpan took) => new()
    {
        ["ok"] = isRight,
        ["alerts"] = _alerts,
        ["seconds"] = Math.Round(took.TotalSeconds, 1),
        ["folder"] = _isKept ? _folder.Path : null,
        ["topics"] = new JsonArray([.. checks.Select(check => (JsonNode)new JsonObject
        {
            ["topic"] = check.Topic,
            ["expected"] = check.Expected.Count,
            ["sent"] = check.Sent,
            ["found"] = check.Found.Count,
            ["difference"] = check.Difference,
        })]),
    };

    /// <summary>Somebody else may take it before the broker does; then the start fails and says so.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
