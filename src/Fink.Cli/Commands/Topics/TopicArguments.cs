using System.CommandLine;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Kafka;

namespace Fink.Cli.Commands.Topics;

/// <summary>The arguments that commands on topics share.</summary>
internal static class TopicArguments
{
    public static Argument<string[]> Several() => new Argument<string[]>("topics")
    {
        Description = "Names of topics",
        HelpName = "TOPIC",
        Arity = ArgumentArity.OneOrMore,
    }.NotEmpty();

    /// <summary>Where some of several topics fail, says what became of the others before the error is told.</summary>
    public static async Task<T> TellingDoneAsync<T>(Invocation run, string state, Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        catch (KafkaOperationException error) when (error.Done.Count > 0)
        {
            run.Renderer.WriteOutcomes([.. error.Done.Select(name => new Outcome("topic", name, state))]);
            throw;
        }
    }

    public static Argument<string> One() => new Argument<string>("topic") { Description = "Name of the topic", HelpName = "TOPIC" }.NotEmpty();

    public static Option<string[]> Config() => new("--config")
    {
        Description = "A setting of the topic in Kafka's words, such as retention.ms=604800000; several times for several",
        HelpName = "NAME=VALUE",
    };
}
