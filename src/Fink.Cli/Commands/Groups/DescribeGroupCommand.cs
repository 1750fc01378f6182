using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Kafka.Groups;

namespace Fink.Cli.Commands.Groups;

internal static class DescribeGroupCommand
{
    public static Verb Create()
    {
        var name = new Argument<string>("group") { Description = "Name of the group", HelpName = "GROUP" }.NotEmpty();
        return new Verb("describe", "Show a group's members and its lag, per topic and in total", run => RunAsync(run, run.Get(name)!), "group describe fink-work-default", "group describe bob_group -o json")
        {
            name,
        };
    }

    private static async Task<int> RunAsync(Invocation run, string name)
    {
        using var admin = run.OpenAdmin();
        var group = await admin.Groups.DescribeAsync(name, run.Cancellation);
        var partitions = new Table(
            ["Topic", Heading.Number("Partition"), Heading.Number("Committed"), Heading.Number("End"), Heading.Number("Lag"), "Member"],
            [.. group.Partitions.Select(Row)])
        {
            WhenEmpty = $"group {group.Name} has committed nothing",
        };
        run.Renderer.Write(new Result(
            Json(group),
            new Table(
                ["Group", "State", Heading.Number("Members"), Heading.Number("Total lag")],
                [[group.Name, group.State, $"{group.Members.Count}", Text(group.TotalLag)]]),
            new Table(["Topic", Heading.Number("Lag")], [.. group.Topics.Select(topic => (IReadOnlyList<string>)[topic.Topic, Text(topic.Lag)])]) { WhenEmpty = "no topics" },
            partitions)
        {
            Tsv = partitions,
        });
        foreach (var lag in group.Partitions.Where(lag => lag.Problem is not null))
        {
            run.Note($"warning: the end of {lag.Topic} {lag.Partition} cannot be seen, nor the lag there: {lag.Problem}");
        }

        return ExitCode.Done;
    }

    private static IReadOnlyList<string> Row(PartitionLag lag) =>
        [lag.Topic, Text(lag.Partition), Text(lag.Committed), Text(lag.End), Text(lag.Lag), lag.Member ?? "-"];

    private static JsonObject Json(GroupDescription group) => new()
    {
        ["groupId"] = group.Name,
        ["state"] = group.State,
        ["coordinator"] = group.Coordinator,
        ["lag"] = group.TotalLag,
        ["topics"] = new JsonArray([.. group.Topics.Select(topic => (JsonNode)new JsonObject { ["topic"] = topic.Topic, ["lag"] = topic.Lag })]),
        ["partitions"] = new JsonArray([.. group.Partitions.Select(lag => (JsonNode)new JsonObject
        {
            ["topic"] = lag.Topic,
            ["partition"] = lag.Partition,
            ["currentOffset"] = lag.Committed,
            ["logEndOffset"] = lag.End,
            ["lag"] = lag.Lag,
            ["memberId"] = lag.Member,
            ["problem"] = lag.Problem,
        })]),
        ["members"] = new JsonArray([.. group.Members.Select(member => (JsonNode)new JsonObject
        {
            ["memberId"] = member.Id,
            ["clientId"] = member.ClientId,
            ["host"] = member.Host,
            ["assignedPartitions"] = member.AssignedPartitions,
        })]),
    };

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
