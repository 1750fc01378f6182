using System.Diagnostics;
using Confluent.Kafka;
using Fink.Integration.Tests.Walk;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Cluster;

/// <summary>The embedded broker in the foreground, as a container or systemd runs it.</summary>
public sealed class BrokerRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-broker-").FullName;

    private readonly List<Process> _brokers = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("INT", 130)]
    public async Task It_serves_the_folder_s_first_users_until_a_signal_and_keeps_what_they_made(string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkippedException.Because("signals of Unix");
        }

        var address = TestClusters.FreeAddresses(1)[0];
        var broker = await RunAsync($"SASL_PLAINTEXT://{address}");
        await DoesAsync(0, "topic create kept");
        await DoesAsync(0, "status");
        Assert.Contains("runs already (pid ", await DoesAsync(1, $"broker run --listen SASL_PLAINTEXT://{address}"), StringComparison.Ordinal);
        using var kill = Process.Start("kill", ["-s", signal, $"{broker.Id}"]);
        await broker.WaitForExitAsync(Cancel);
        Assert.Equal(exitCode, broker.ExitCode);

        await DoesAsync(1, "status");
        // The same folder in the background, and stopped from elsewhere.
        await DoesAsync(0, "start");
        Assert.Contains("kept", await DoesAsync(0, "topic list"), StringComparison.Ordinal);
        await DoesAsync(0, "stop");
    }

    [Fact]
    public async Task Several_listeners_and_overrides_hold_and_stop_ends_it_with_0()
    {
        var addresses = TestClusters.FreeAddresses(2);
        var broker = await RunAsync(
            $"PLAINTEXT://{addresses[0]},SASL_PLAINTEXT://{addresses[1]}", "--override", "allow.everyone.if.no.acl.found=true", "--override", "num.partitions=7");

        await DoesAsync(0, $"topic create open --bootstrap-server {addresses[0]}");
        Assert.Contains("open\t7\t1", await DoesAsync(0, "topic describe open -o tsv"), StringComparison.Ordinal);
        await DoesAsync(0, "stop");
        await broker.WaitForExitAsync(Cancel);
        Assert.Equal(0, broker.ExitCode);
    }

    [Fact]
    public async Task A_topic_whose_partition_is_out_of_service_is_still_described()
    {
        var address = TestClusters.FreeAddresses(1)[0];
        var broker = await RunAsync($"PLAINTEXT://{address}", "--override", "allow.everyone.if.no.acl.found=true");
        await DoesAsync(0, $"topic create spoiled --partitions 1 --bootstrap-server {address}");
        using (var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = $"{address}" }).Build())
        {
            await producer.ProduceAsync("spoiled", new Message<string, string> { Key = "", Value = "an alert" }, Cancel);
        }

        await DoesAsync(0, "stop");
        await broker.WaitForExitAsync(Cancel);
        File.Delete(Directory.EnumerateFiles(_folder, "*.log", SearchOption.AllDirectories).Single(file => file.Contains("topics", StringComparison.Ordinal)));
        await RunAsync($"PLAINTEXT://{address}", "--override", "allow.everyone.if.no.acl.found=true");
        // It is out of service from when somebody asks for it.
        using (var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig { BootstrapServers = $"{address}", GroupId = "none" }).Build())
        {
            Assert.ThrowsAny<KafkaException>(() => consumer.QueryWatermarkOffsets(new TopicPartition("spoiled", 0), TimeSpan.FromSeconds(1)));
        }

        Assert.Contains("spoiled\t1\t1", await DoesAsync(0, $"topic describe spoiled -o tsv --bootstrap-server {address}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--override nun.partitions=4", 2, "did you mean num.partitions?")]
    [InlineData("--override zookeeper.connect=localhost:2181", 2, "zookeeper.connect cannot be set")]
    [InlineData("--override zorglub=3", 2, "--override zorglub is no broker property: write one of Kafka's")]
    [InlineData("--listen NOTHING://127.0.0.1:1", 2, "--listen has NOTHING, which is none of PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL")]
    [InlineData("--listen 127.0.0.1:9093", 2, "--listen has '127.0.0.1:9093', which is not NAME://HOST:PORT")]
    [InlineData("--listen SSL://127.0.0.1:0", 2, "--tls-cert FILE with --tls-key FILE")]
    [InlineData("--tls-cert no-such.pem --tls-key no-such.pem", 2, "no-such.pem")]
    [InlineData("--tls-cert no-such.pem", 2, "--tls-key")]
    public async Task A_mistake_is_one_line_and_starts_nothing(string options, int exitCode, string says)
    {
        var error = await DoesAsync(exitCode, $"broker run {options}");

        Assert.Contains(says, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        await DoesAsync(1, "status");
    }

    /// <summary>A test that failed leaves no broker.</summary>
    public void Dispose()
    {
        foreach (var broker in _brokers)
        {
            broker.Kill();
            broker.WaitForExit();
            broker.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Process> RunAsync(string listeners, params string[] more)
    {
        var broker = Process.Start(Tool.Start(_folder, "dotnet", [Tool.Assembly, "broker", "run", "--listen", listeners, .. more]))!;
        _brokers.Add(broker);
        var lines = new List<string>();
        var ready = listeners.Split(',').Length;
        while (lines.Count(line => line.StartsWith("ready: ", StringComparison.Ordinal)) < ready)
        {
            lines.Add(await broker.StandardError.ReadLineAsync(Cancel) ?? throw new InvalidOperationException($"the broker ended: {string.Join('\n', lines)}"));
        }

        Assert.Single(lines, line => line.Contains("one node without replication", StringComparison.Ordinal));
        return broker;
    }

    /// <summary>What it wrote, results and the rest.</summary>
    private async Task<string> DoesAsync(int expected, string line)
    {
        var start = Tool.Start(_folder, "dotnet", [Tool.Assembly, .. line.Split(' ')]);
        Tool.UseKafkaHome(start, null);
        var (exitCode, output, error) = await Tool.RunAsync(start);
        Assert.True(exitCode == expected, $"{line}: exit code {exitCode}, not {expected}: {output}{error}");
        return output + error;
    }
}
