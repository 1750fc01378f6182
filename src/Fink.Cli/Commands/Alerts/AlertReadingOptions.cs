using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Client;
using Fink.Kafka;

namespace Fink.Cli.Commands.Alerts;

/// <summary>How alerts of topics are read, whatever is done with them.</summary>
internal sealed class AlertReadingOptions
{
    private readonly Option<string> _from = new("--from") { Description = "beginning, end, an offset, @MILLISECONDS or an ISO time; a group goes on at its own place", HelpName = "PLACE", DefaultValueFactory = _ => "beginning" };
    private readonly DecodingOptions _decoding = new();
    private readonly Option<bool> _skipBad = new("--skip-bad") { Description = "Leave out messages that are no alerts, and say which; without it the first one ends the reading" };

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        _decoding.AddTo(command);
        command.Options.Add(_skipBad);
    }

    /// <exception cref="UsageException">A place that is none.</exception>
    /// <exception cref="AlertReadException">A schema that cannot be read, or is none.</exception>
    public AlertConsumerOptions Read(Invocation run, IReadOnlyList<string> topics, KafkaConnection connection) => new()
    {
        Connection = AlertConnection.Of(connection.ToConsumerSettings()),
        Topics = topics,
        From = Place(run.Get(_from)!),
        Schemas = _decoding.Schemas(run),
        Wire = _decoding.Wire(run),
        SkipBad = run.Get(_skipBad)
            ? bad => run.Note($"fink-kafka: {bad.Message} It was skipped.")
            : bad => throw new CommandFailedException($"{bad.Message}{WireHint(run)} --skip-bad leaves such messages out."),
        Timeout = connection.Timeout,
    };

    /// <summary>What was left out, for the end of a line that says what was read; empty where nothing was.</summary>
    public static string Skipped(AlertCounts counts) =>
        counts.Bad > 0 ? $", skipped {counts.Bad} bad {(counts.Bad == 1 ? "message" : "messages")}" : "";

    private string WireHint(Invocation run) =>
        _decoding.Wire(run) is { } wire ? $" By --wire each message is taken for {wire.ToString().ToLowerInvariant()}." : "";

    private static StartPosition Place(string text)
    {
        try
        {
            return StartPosition.Parse(text);
        }
        catch (FormatException)
        {
            throw new UsageException($"--from '{text}': give beginning, end, an offset, @MILLISECONDS since 1970 or an ISO time such as 2026-01-31T00:00:00Z");
        }
    }
}
