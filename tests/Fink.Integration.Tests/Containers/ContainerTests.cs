using Fink.Integration.Tests.Walk;
using Testcontainers.Kafka;

namespace Fink.Integration.Tests.Containers;

/// <summary>A cluster that somebody else runs: Apache Kafka in a container, without security, reached by its address alone.</summary>
public sealed class ContainerTests : IDisposable
{
    private const int Alerts = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-kafka-container-").FullName;

    [Theory]
    [InlineData("apache/kafka:3.9.1")]
    [InlineData("apache/kafka:4.1.1")]
    public async Task A_night_goes_through_a_cluster_in_a_container(string image)
    {
        DockerEngine.Require();
        await using var container = new KafkaBuilder(image).Build();
        await container.StartAsync(TestContext.Current.CancellationToken);
        var address = container.GetBootstrapAddress().Replace("PLAINTEXT://", "", StringComparison.OrdinalIgnoreCase).TrimEnd('/');
        await File.WriteAllTextAsync(Path.Combine(_folder, "open.properties"), "security.protocol=PLAINTEXT\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "rules.yaml"), "topics:\n  - name: fink_all_ztf\n    partitions: 2\n", TestContext.Current.CancellationToken);
        string[] cluster = ["--bootstrap-server", address, "--command-config", "open.properties"];

        await DoneAsync(["topic", "create", "fink_by_hand", "--partitions", "2", .. cluster]);
        Assert.Contains("fink_by_hand", await DoneAsync(["topic", "list", "-o", "tsv", .. cluster]), StringComparison.Ordinal);
        await DoneAsync("simulate", "--alerts", $"{Alerts}", "--files", "2", "--out", "night");
        await DoneAsync(["distribute", "--source", "night", "--rules", "rules.yaml", .. cluster]);
        var read = await DoneAsync(["consume", "fink_all_ztf", "--until-end", "-o", "tsv", .. cluster]);

        Assert.Equal(Alerts, read.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("fink-work-default", await DoneAsync(["group", "list", "-o", "tsv", .. cluster]), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await Tool.RunAsync(_folder, "", arguments);
        Assert.True(exitCode == 0, $"fink-kafka {string.Join(' ', arguments)} exited {exitCode}: {error}");
        return output;
    }
}
