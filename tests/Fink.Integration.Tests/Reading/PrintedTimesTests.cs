using Fink.Integration.Tests.Walk;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>The times that <c>consume</c> prints, wherever the machine stands.</summary>
public sealed class PrintedTimesTests(TestClusters clusters) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-times-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(TestClusters.Embedded, "table")]
    [InlineData(TestClusters.Embedded, "tsv")]
    [InlineData(TestClusters.Kraft, "table")]
    [InlineData(TestClusters.Kraft, "tsv")]
    public async Task The_time_of_sending_is_in_UTC_and_says_so(string kind, string format)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 1);
        var start = Tool.Start(
            _folder,
            "dotnet",
            [
                Tool.Assembly, "consume", topic.Name, "--until-end", "-o", format,
                "--bootstrap-server", cluster.BootstrapServers, "--command-config", cluster.AdminProperties,
            ]);
        start.Environment["TZ"] = "America/Santiago";

        var (exitCode, output, error) = await Tool.RunAsync(start);

        Assert.True(exitCode == 0, error);
        Assert.Contains("2026-01-31T20:00:00.000Z", output, StringComparison.Ordinal);
    }
}
