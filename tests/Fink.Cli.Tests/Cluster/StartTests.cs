using Fink.TestSupport.Clusters;

namespace Fink.Cli.Tests.Cluster;

public sealed class StartTests : IDisposable
{
    private readonly Cli _cli = new();
    private readonly FakeHome _home = new();

    [Fact]
    public async Task The_last_lines_of_a_broker_that_dies_while_starting_are_printed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a KAFKA_HOME of shell scripts");
        _home.Script("kafka-server-start.sh", "echo 'java.lang.IllegalArgumentException: Error: no good' >&2; echo '\tat kafka.Kafka' >&2; exit 1");
        _cli.Environment["KAFKA_HOME"] = _home.Path;
        _cli.Environment["PATH"] = $"{Path.Combine(_home.Path, "bin")}:/usr/bin:/bin";

        var result = await _cli.RunAsync(
            "start", "--mode", "kraft", "--listen", $"{TestClusters.FreeAddresses(1)[0]}", "--data-dir", Path.Combine(_cli.Folder, "data"));

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("broker-0 ended while it was starting", result.ErrorLines[^2], StringComparison.Ordinal);
        Assert.Equal("  | java.lang.IllegalArgumentException: Error: no good", result.ErrorLines[^1]);
    }

    public void Dispose()
    {
        _cli.Dispose();
        _home.Dispose();
    }
}
