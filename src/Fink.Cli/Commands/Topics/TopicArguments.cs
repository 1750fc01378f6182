using System.CommandLine;

namespace Fink.Cli.Commands.Topics;

/// <summary>The arguments that commands on topics share.</summary>
internal static class TopicArguments
{
    public static Argument<string[]> Several() => new("topics")
    {
        Description = "Names of topics",
        HelpName = "TOPIC",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Argument<string> One() => new("topic") { Description = "Name of the topic", HelpName = "TOPIC" };

    public static Option<string[]> Config() => new("--config")
    {
        Description = "A setting of the topic in Kafka's words, such as retention.ms=604800000; several times for several",
        HelpName = "NAME=VALUE",
    };
}
