using System.Diagnostics;
using Confluent.Kafka;
using Fink.Integration.Tests.Walk;
using Fink.Kafka;
using Fink.Kafka.Properties;
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
        Assert.Contains(
            "1 of 1 partition without a leader: spoiled-0", await DoesAsync(1, $"doctor -o tsv --bootstrap-server {address}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partition_out_of_service_is_named_by_status_and_by_the_groups_that_read_it()
    {
        var address = TestClusters.FreeAddresses(1)[0];
        var broker = await RunAsync($"SASL_PLAINTEXT://{address}");
        await DoesAsync(0, "topic create spoiled --partitions 2");
        var admin = ClientProperties.Load(Directory.EnumerateFiles(_folder, "admin.properties", SearchOption.AllDirectories).Single());
        var client = new KafkaConnection($"{address}", admin).ToClientConfig();
        using (var producer = new ProducerBuilder<Null, string>(new ProducerConfig(client)).Build())
        using (var consumer = new ConsumerBuilder<Null, string>(new ConsumerConfig(client) { GroupId = "readers" }).Build())
        {
            foreach (var partition in (int[])[0, 1])
            {
                await producer.ProduceAsync(new TopicPartition("spoiled", partition), new Message<Null, string> { Value = "an alert" }, Cancel);
                consumer.Commit([new TopicPartitionOffset("spoiled", partition, 0)]);
            }
        }

        await DoesAsync(0, "stop");
        await broker.WaitForExitAsync(Cancel);
        File.Delete(Directory.EnumerateFiles(_folder, "*.log", SearchOption.AllDirectories)
            .Single(file => file.Contains("topics", StringComparison.Ordinal) && Path.GetFileName(Path.GetDirectoryName(file)) == "1"));
        await RunAsync($"SASL_PLAINTEXT://{address}");

        var described = await DoesAsync(0, "group describe readers -o tsv");
        Assert.Contains("spoiled\t0\t0\t1\t1\t-", described, StringComparison.Ordinal);
        Assert.Contains("spoiled\t1\t0\t-\t-\t-", described, StringComparison.Ordinal);
        Assert.Contains("the end of spoiled 1 cannot be seen, nor the lag there: the partition has no leader", described, StringComparison.Ordinal);
        Assert.Contains("1 of 2 partitions without a leader: spoiled-1", await DoesAsync(0, "status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_user_that_the_tool_is_and_a_super_user_are_deleted_by_force_alone()
    {
        await RunAsync($"SASL_PLAINTEXT://{TestClusters.FreeAddresses(1)[0]}");

        var producer = Directory.EnumerateFiles(_folder, "finkProducer.properties", SearchOption.AllDirectories).Single();
        Assert.Contains("admin is a super user", await DoesAsync(2, $"user delete admin --yes --command-config {producer}"), StringComparison.Ordinal);
        Assert.Contains("admin is who fink-kafka logs in as", await DoesAsync(2, "user delete admin --yes"), StringComparison.Ordinal);
        await DoesAsync(0, "user delete admin --yes --force");
        await DoesAsync(5, "topic list");
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
    [InlineData("--config no-such.properties", 2, "no-such.properties: there is no such file")]
    [InlineData("--config /", 2, "/: it is a folder")]
    public async Task A_mistake_is_one_line_and_starts_nothing(string options, int exitCode, string says)
    {
        var error = await DoesAsync(exitCode, $"broker run {options}");

        Assert.Contains(says, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        await DoesAsync(1, "status");
    }

    [Fact]
    public async Task An_empty_listener_of_a_variable_that_was_not_set_opens_none()
    {
        var (exitCode, _, error) = await Tool.RunAsync(_folder, "", "broker", "run", "--listen", "");

        Assert.Equal((2, "fink-kafka: --listen is empty: give PROTOCOL://HOST:PORT"), (exitCode, error.Trim()));
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
