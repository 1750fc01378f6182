using System.CommandLine;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Kafka.Topics;

namespace Fink.Cli.Commands.Topics;

internal static class CreateTopicCommand
{
    public static Verb Create()
    {
        var names = TopicArguments.Several();
        var partitions = new Option<int?>("--partitions") { Description = "[default: the cluster's]", HelpName = "N" };
        partitions.RequireAtLeast(1);
        var replication = new Option<short?>("--replication-factor") { Description = "[default: the cluster's]", HelpName = "N" };
        replication.RequireAtLeast(1);
        var config = TopicArguments.Config();
        var ifNotExists = new Option<bool>("--if-not-exists") { Description = "A topic that exists is fine; settings that differ are said" };
        return new Verb(
            "create",
            "Create topics",
            run => RunAsync(
                run,
                [.. run.Get(names)!.Select(name => new TopicSpecification(name, run.Get(partitions), run.Get(replication), OptionChecks.ReadPairs("--config", run.Get(config))))],
                run.Get(ifNotExists)),
            "topic create fink_rrlyr_ztf --partitions 4",
            "topic create fink_a fink_b --if-not-exists --config retention.ms=604800000")
        {
            names, partitions, replication, config, ifNotExists,
        };
    }

    private static async Task<int> RunAsync(Invocation run, IReadOnlyList<TopicSpecification> topics, bool ifNotExists)
    {
        using var admin = run.OpenAdmin();
        var made = await TopicArguments.TellingDoneAsync(run, "created", () => admin.Topics.CreateAsync(topics, ifNotExists, run.Cancellation));
        run.Renderer.WriteOutcomes([.. made.Select(topic => new Outcome("topic", topic.Name, topic.Created ? "created" : "exists", Differences(topic)))]);
        return ExitCode.Done;
    }

    private static string? Differences(TopicCreation topic) => topic.Differences.Count == 0
        ? null
        : string.Join(", ", topic.Differences.Select(setting => $"{setting.Setting} is {setting.Actual}, not {setting.Wanted}"));
}
