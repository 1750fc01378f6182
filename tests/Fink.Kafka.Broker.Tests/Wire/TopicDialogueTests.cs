using System.Globalization;
using Fink.Kafka.Broker.Tests.Listeners;
using Fink.Kafka.Broker.Tests.Permissions;
using Fink.TestSupport.Clusters;

namespace Fink.Kafka.Broker.Tests.Wire;

/// <summary>
/// The same requests about topics and configurations, answered by Apache Kafka and by this broker. Kafka's answers are kept in
/// tests/golden-topics/answers.txt, so that this broker is compared with them where there is no Java.
/// </summary>
public sealed class TopicDialogueTests(TestClusters clusters)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static string Answers => Path.Combine(Fink.TestSupport.Checkout.Root, "tests", "golden-topics", "answers.txt");

    /// <summary>With FINK_WRITE_GOLDEN set, Kafka's answers are written anew instead.</summary>
    [Fact]
    public async Task Kafka_answers_as_the_file_says()
    {
        var kafka = await clusters.OfAsync(TestClusters.Kraft);
        var server = kafka.Description.BootstrapServers.Split(':');
        var properties = await File.ReadAllTextAsync(kafka.AdminProperties, TestContext.Current.CancellationToken);
        using var client = await WireClient.LogInAsync(
            server[0],
            int.Parse(server[1], CultureInfo.InvariantCulture),
            "admin",
            properties.Split("password=\"")[1].Split('"')[0],
            TestContext.Current.CancellationToken);

        var lines = await RunAsync(client);

        if (Environment.GetEnvironmentVariable("FINK_WRITE_GOLDEN") is { Length: > 0 })
        {
            await File.WriteAllLinesAsync(Answers, lines, TestContext.Current.CancellationToken);
        }

        await CompareAsync(lines);
    }

    [Fact]
    public async Task This_broker_answers_like_Kafka()
    {
        await using var broker = await TestBroker.StartAsync(
            ("node.id", "0"), ("num.partitions", "1"), ("log.retention.hours", "24"), ("auto.create.topics.enable", "false"));
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, TestContext.Current.CancellationToken);

        await CompareAsync(await RunAsync(client));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(WireClient client)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        return await new TopicDialogue(client, limit.Token).RunAsync();
    }

    private static async Task CompareAsync(IReadOnlyList<string> lines) => Assert.Equal(
        await File.ReadAllLinesAsync(Answers, TestContext.Current.CancellationToken),
        lines.SelectMany(line => line.Split('\n')));
}
