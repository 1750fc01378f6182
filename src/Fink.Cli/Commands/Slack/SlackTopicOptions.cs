using System.CommandLine;
using Fink.Cli.Commands.Alerts;
using Fink.Client;

namespace Fink.Cli.Commands.Slack;

/// <summary>How alerts of topics are read.</summary>
internal sealed class SlackTopicOptions
{
    private readonly Option<string> _from = new("--from") { Description = "In a topic: beginning, end, an offset, @MILLISECONDS or an ISO time; for a group, only where it has no place yet", HelpName = "PLACE", DefaultValueFactory = _ => "beginning" };
    private readonly Option<string?> _schema = new("--schema") { Description = "Avro schema for messages without one in their key [default: the conf file's DISTRIBUTION_SCHEMA]", HelpName = "FILE" };
    private readonly Option<bool> _skipBad = new("--skip-bad") { Description = "Leave out messages that are no alerts, and say which; without it the first one ends the reading" };

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_schema);
        command.Options.Add(_skipBad);
    }

    public AlertConsumerOptions Read(Invocation run, IReadOnlyList<string> topics)
    {
        var connection = run.Cluster.Connect("finkConsumer");
        return new AlertConsumerOptions
        {
            Connection = AlertConnection.Of(connection.ToConsumerSettings()),
            Topics = topics,
            From = ConsumeOptions.Place(run.Get(_from)!),
            Schemas = ConsumeOptions.Schemas(run, run.Get(_schema)),
            SkipBad = run.Get(_skipBad) ? bad => run.Note($"fink-kafka: {bad.Message} It was skipped.") : null,
            Timeout = connection.Timeout,
        };
    }
}
