using Fink.Integration.Tests.Walk;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>The command with a user's own tuning of its producer.</summary>
public sealed class TunedRunTests(TestClusters clusters)
{
    [Theory]
    [InlineData("linger.ms=abc", 2, "linger.ms")]
    [InlineData("max.in.flight.requests.per.connection=9", 2, "must be set <= 5")]
    [InlineData("acks=1", 0, "acks=1 is not used: alerts are sent with acks=all")]
    public async Task What_no_producer_can_be_set_to_is_a_mistake_in_the_file_and_a_promise_is_kept(string line, int exitCode, string says)
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        using var night = new ParquetFiles();
        night.Write("one.parquet", "SELECT 1 AS candid, 'ZTF1' AS objectId");
        var name = $"t{Guid.NewGuid():N}"[..9];
        await File.WriteAllTextAsync(night.PathOf("_rules.yaml"), $"topics: [{{ name: fink_{name} }}]", TestContext.Current.CancellationToken);
        var properties = night.PathOf("_tuned.properties");
        File.Copy(cluster.ProducerProperties, properties);
        await File.AppendAllTextAsync(properties, line + "\n", TestContext.Current.CancellationToken);

        var (ended, output, error) = await Tool.RunAsync(
            night.Folder, "", "distribute", "--source", night.Folder, "--rules", night.PathOf("_rules.yaml"), "--job", name,
            "--bootstrap-server", cluster.BootstrapServers, "--command-config", properties);

        Assert.True(ended == exitCode, output + error);
        var told = Assert.Single(error.Split('\n'), text => text.Contains(says, StringComparison.Ordinal));
        Assert.Contains(properties, told, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", error, StringComparison.Ordinal);
    }
}
