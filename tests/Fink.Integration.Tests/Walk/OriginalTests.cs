using System.Text.Json;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Walk;

/// <summary>A night as the original's cron jobs ran it, with its configuration file and no option that it did not have.</summary>
public sealed class OriginalTests : IDisposable
{
    private const int Alerts = 60;

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-original-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("embedded")]
    [InlineData("zookeeper")]
    public async Task The_original_s_commands_start_a_cluster_distribute_a_night_and_print_it(string mode)
    {
        var home = mode == "zookeeper" ? Tool.RequireKafkaHome() : "";
        await WriteConfAsync(home);
        Assert.Equal(0, (await RunAsync("simulate", "--alerts", $"{Alerts}", "--files", "2", "--out", "online/science")).ExitCode);
        try
        {
            var start = await RunAsync("start", "-c", "fink.conf");
            Assert.True(start.ExitCode == 0, start.Error);
            Assert.Contains("Kafka Server started successfully", start.Output, StringComparison.Ordinal);
            Assert.Contains(mode, start.Output, StringComparison.Ordinal);
            Assert.Equal(0, (await RunAsync("-c", "fink.conf", "--create-topic", "outstream")).ExitCode);

            var distribution = await RunAsync("start", "distribution", "-c", "fink.conf", "--exit_after", "3600");
            Assert.True(distribution.ExitCode == 0, distribution.Error);
            Assert.Contains("outstream", distribution.Output, StringComparison.Ordinal);
            using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "schema.avsc"), Cancel));
            Assert.Equal("record", schema.RootElement.GetProperty("type").GetString());

            var test = await RunAsync("start", "distribution_test", "-c", "fink.conf", "--exit_after", "3600", "--until-end");
            Assert.True(test.ExitCode == 0, test.Error);
            Assert.Equal(Alerts + 1, test.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.Equal(Alerts, test.Output.Split('\n').Count(line => line.StartsWith("outstream ", StringComparison.Ordinal) && line.Contains("ZTF", StringComparison.Ordinal)));

            // For ever, as the original, but for the time that it is given.
            var timed = await RunAsync("start", "distribution_test", "-c", "fink.conf", "--exit_after", "2");
            Assert.True(timed.ExitCode == 0, timed.Error);

            var again = await RunAsync("start", "distribution", "-c", "fink.conf");
            Assert.Equal(0, again.ExitCode);
            Assert.Contains("nothing", again.Output + again.Error, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            var stop = await RunAsync("-c", "fink.conf", "stop");
            Assert.Contains("Kafka Server stopped", stop.Output, StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task WriteConfAsync(string home)
    {
        var ports = TestClusters.FreeAddresses(3).Select(address => address.Port).ToList();
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "fink.conf"),
            $$"""
            KAFKA_HOME="{{home}}"
            FINK_HOME="{{_folder}}"
            ZK_IPPORT="localhost:{{ports[0]}}"
            declare -a KAFKA_BROKER_IPPORT
            KAFKA_BROKER_IPPORT[0]="localhost:{{ports[1]}}"
            KAFKA_BROKER_IPPORT[1]="localhost:{{ports[2]}}"
            declare kafka_servers
            for broker in "${KAFKA_BROKER_IPPORT[@]}"
            do
              kafka_servers="${kafka_servers},${broker}"
            done
            DISTRIBUTION_SERVERS=${kafka_servers#,}
            DISTRIBUTION_TOPIC="outstream"
            DISTRIBUTION_SCHEMA="${FINK_HOME}/schema.avsc"
            DISTRIBUTION_OFFSET="latest"
            """,
            Cancel);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params IEnumerable<string> arguments) => Tool.RunAsync(_folder, "", arguments);
}
