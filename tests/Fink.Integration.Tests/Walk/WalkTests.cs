using System.Globalization;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Walk;

/// <summary>The whole main job as a user does it: tests/walk.sh, which checks every exit code and count.</summary>
public sealed class WalkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-walk-").FullName;

    [Theory]
    [InlineData("embedded", null)]
    [InlineData("zookeeper", "kafka/3.9")]
    [InlineData("kraft", "kafka/4.1")]
    public async Task The_walk_over_a_synthetic_night_passes_every_check(string mode, string? kafka)
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkippedException.Because("the walk is a shell script");
        }

        var ports = TestClusters.FreeAddresses(2);
        var start = Tool.Start(_folder, "bash", Path.Combine(Checkout.Root, "tests", "walk.sh"));
        Tool.UseKafkaHome(start, kafka);
        start.Environment["FINK_KAFKA"] = $"dotnet {Tool.Assembly}";
        start.Environment["WALK_MODE"] = mode;
        start.Environment["WALK_PORT"] = ports[0].Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["WALK_ZK_PORT"] = ports[1].Port.ToString(CultureInfo.InvariantCulture);

        var (exitCode, output, error) = await Tool.RunAsync(start);

        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}{error}");
        Assert.Contains("checks passed", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
