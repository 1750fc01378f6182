using System.CommandLine;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Cli.Output;

namespace Fink.Cli.Commands.Topics;

internal static class AlterTopicCommand
{
    public static Verb Create()
    {
        var name = TopicArguments.One();
        var partitions = new Option<int?>("--partitions") { Description = "Raise the number of partitions to this", HelpName = "N" };
        partitions.RequireAtLeast(1);
        var config = TopicArguments.Config();
        config.Description += "; NAME= resets it";
        return new Verb(
            "alter",
            "Raise the partitions of a topic or change its settings; what is not named stays",
            run => RunAsync(run, run.Get(name)!, run.Get(partitions), OptionChecks.ReadPairs("--config", run.Get(config))),
            "topic alter fink_rrlyr_ztf --partitions 8",
            "topic alter fink_rrlyr_ztf --config retention.ms=86400000 --config cleanup.policy=")
        {
            name, partitions, config,
        };
    }

    private static async Task<int> RunAsync(Invocation run, string name, int? partitions, IReadOnlyDictionary<string, string> configs)
    {
        if (partitions is null && configs.Count == 0)
        {
            throw new UsageException("nothing to change: give --partitions or --config NAME=VALUE");
        }

        using var admin = run.OpenAdmin();
        await admin.Topics.AlterAsync(
            name, partitions, configs.ToDictionary(pair => pair.Key, pair => pair.Value.Length == 0 ? null : pair.Value), run.Cancellation);
        run.Renderer.WriteOutcomes([new Outcome("topic", name, "altered")]);
        return ExitCode.Done;
    }
}
