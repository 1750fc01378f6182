using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Client;
using Fink.Kafka;

namespace Fink.Cli.Commands.Alerts;

/// <summary>How alerts of topics are read, whatever is done with them.</summary>
internal sealed class AlertReadingOptions
{
    private readonly Option<string> _from = new("--from") { Description = "beginning, end, an offset, @MILLISECONDS or an ISO time; a group goes on at its own place", HelpName = "PLACE", DefaultValueFactory = _ => "beginning" };
    private readonly Option<string?> _schema = new("--schema") { Description = "Avro schema for messages without one in their key; a folder has one for each version [default: the conf file's DISTRIBUTION_SCHEMA]", HelpName = "FILE" };
    private readonly Option<string?> _wire = new("--wire") { Description = "bare, confluent or ocf: what stands around each alert [default: what its header wire says, else bare]", HelpName = "FORM" };
    private readonly Option<bool> _skipBad = new("--skip-bad") { Description = "Leave out messages that are no alerts, and say which; without it the first one ends the reading" };

    public AlertReadingOptions() => _wire.AcceptOnlyFromAmong([.. Enum.GetNames<WireForm>().Select(name => name.ToLowerInvariant())]);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _from, _schema, _wire, _skipBad })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">A place that is none.</exception>
    /// <exception cref="AlertReadException">A schema that cannot be read, or is none.</exception>
    public AlertConsumerOptions Read(Invocation run, IReadOnlyList<string> topics, KafkaConnection connection) => new()
    {
        Connection = AlertConnection.Of(connection.ToConsumerSettings()),
        Topics = topics,
        From = Place(run.Get(_from)!),
        Schemas = Schemas(run),
        Wire = run.Get(_wire) is { } form ? Enum.Parse<WireForm>(form, ignoreCase: true) : null,
        SkipBad = run.Get(_skipBad) ? bad => run.Note($"fink-kafka: {bad.Message} It was skipped.") : null,
        Timeout = connection.Timeout,
    };

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

    private AlertSchemas Schemas(Invocation run)
    {
        var named = run.Get(_schema);
        var path = named ?? run.Settings.SchemaFile.Value;
        if (path is null || (named is null && !File.Exists(run.Settings.FullPath(path))))
        {
            return AlertSchemas.None;
        }

        return AlertSchemas.Load(run.Settings.FullPath(path));
    }
}
