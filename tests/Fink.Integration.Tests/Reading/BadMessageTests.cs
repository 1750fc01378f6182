using Fink.Client;
using Fink.Integration.Tests.Walk;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>Messages that are no alerts, and alerts that come twice.</summary>
public sealed class BadMessageTests(TestClusters clusters) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-bad-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [TestClusters.Embedded, TestClusters.ZooKeeper, TestClusters.Kraft];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_bad_message_ends_the_reading_before_it_with_its_place_and_a_group_stays_there(string kind)
    {
        var (cluster, topic) = await MakeAsync(kind);
        var options = AlertConsumerTests.Options(cluster, topic) with { Group = $"spark-kafka-{Guid.NewGuid():N}", UntilEnd = true };

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var told = await Assert.ThrowsAsync<AlertReadException>(() => AlertConsumerTests.ReadAsync(options));

            Assert.Equal(AlertReadFailure.Undecodable, told.Failure);
            Assert.Equal(new AlertPosition(topic.Name, 0, 3), told.Position);
            Assert.Contains($"{topic.Name} partition 0 offset 3 from {cluster.BootstrapServers}", told.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Bad_messages_are_skipped_where_that_was_asked_for_named_and_counted(string kind)
    {
        var (cluster, topic) = await MakeAsync(kind);
        var told = new List<AlertPosition?>();
        var consumer = AlertConsumer.Create(AlertConsumerTests.Options(cluster, topic) with { UntilEnd = true, SkipBad = bad => told.Add(bad.Position) });

        var read = await consumer.ReadAsync(Cancel).Select(alert => alert.AlertId).ToListAsync(Cancel);

        Assert.Equal(["0", "1", "2", "3", "4"], read);
        Assert.Equal([new AlertPosition(topic.Name, 0, 3), new AlertPosition(topic.Name, 0, 6)], told);
        Assert.Equal(new AlertCounts(5, 2, 0), consumer.Counts);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_command_skips_and_says_so_or_ends_with_one_line(string kind)
    {
        var (cluster, topic) = await MakeAsync(kind);
        string[] command = ["consume", topic.Name, "--until-end", "-o", "json", "--bootstrap-server", cluster.BootstrapServers, "--command-config", cluster.ConsumerProperties];

        var strict = await Tool.RunAsync(_folder, "", command);
        var lenient = await Tool.RunAsync(_folder, "", [.. command, "--skip-bad"]);

        Assert.Equal(1, strict.ExitCode);
        Assert.Equal(3, strict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var told = Assert.Single(strict.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"Cannot decode {topic.Name} partition 0 offset 3", told, StringComparison.Ordinal);
        Assert.EndsWith("--skip-bad leaves such messages out.", told, StringComparison.Ordinal);
        Assert.Equal(0, lenient.ExitCode);
        Assert.Equal(5, lenient.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("offset 3", lenient.Error, StringComparison.Ordinal);
        Assert.Contains("offset 6", lenient.Error, StringComparison.Ordinal);
        Assert.Contains($"read 5 alerts from {topic.Name}, skipped 2 bad messages", lenient.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_alert_that_was_sent_twice_is_left_out_where_that_was_asked_for(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 4);
        await topic.SendAsync(2, 4);
        var options = AlertConsumerTests.Options(cluster, topic) with { UntilEnd = true };

        var consumer = AlertConsumer.Create(options with { DuplicateWindow = 100 });
        var read = await consumer.ReadAsync(Cancel).Select(alert => alert.AlertId).ToListAsync(Cancel);
        var command = await Tool.RunAsync(_folder, "", "consume", topic.Name, "--until-end", "--skip-duplicates", "--bootstrap-server", cluster.BootstrapServers, "--command-config", cluster.ConsumerProperties);

        Assert.Equal(["0", "1", "2", "3", "4", "5"], read);
        Assert.Equal(new AlertCounts(6, 0, 2), consumer.Counts);
        Assert.Equal([0L, 1, 2, 3, 2, 3, 4, 5], await AlertConsumerTests.ReadAsync(options));
        Assert.Contains($"read 6 alerts from {topic.Name}, left out 2 duplicates", command.Error, StringComparison.Ordinal);
    }

    /// <summary>Three alerts, one that is cut off, two more, and one without a schema.</summary>
    private async Task<(TestCluster Cluster, AlertTopic Topic)> MakeAsync(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 3);
        await topic.SendAsync(AlertTopic.SchemaText, [8, (byte)'Z', (byte)'T']);
        await topic.SendAsync(3, 2);
        await topic.SendAsync("9.9_9.9", [0, 0]);
        return (cluster, topic);
    }
}
