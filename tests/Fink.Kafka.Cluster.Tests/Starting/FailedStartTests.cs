using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Cluster.Storage;
using Fink.TestSupport.Clusters;

namespace Fink.Kafka.Cluster.Tests.Starting;

/// <summary>Starts that cannot succeed: each says why in one line, and leaves nothing running.</summary>
public sealed class FailedStartTests : IDisposable
{
    private readonly FakeHome _home = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_dies_shows_its_last_lines_and_nothing_is_left()
    {
        _home.Script("kafka-server-start.sh", "echo 'java.lang.IllegalArgumentException: Error: no good' >&2; echo '\tat kafka.Kafka' >&2; exit 1");

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft()));

        Assert.Equal($"broker-0 ended while it was starting; its log is {new ClusterLayout(_home.DataDir).OutputFile("broker-0")}", error.Message);
        Assert.Equal(["java.lang.IllegalArgumentException: Error: no good"], error.LogLines);
        RequireNothingLeft();
    }

    [Fact]
    public async Task A_broker_that_dies_without_a_word_has_no_log_to_look_at()
    {
        _home.Script("kafka-server-start.sh", "exit 1");

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft()));

        Assert.Equal("broker-0 ended while it was starting, and said nothing", error.Message);
    }

    [Fact]
    public async Task A_broker_that_never_answers_is_given_up_and_stopped()
    {

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft() with { ReadyTimeout = TimeSpan.FromMilliseconds(500) }));

        Assert.Equal(ClusterErrorKind.TimedOut, error.Kind);
        Assert.Contains("was not ready", error.Message, StringComparison.Ordinal);
        RequireNothingLeft();
    }

    [Fact]
    public async Task A_script_that_does_not_hand_over_to_Java_is_stopped_with_its_child()
    {
        var pidFile = Path.Combine(_home.Path, "child");
        _home.Script("kafka-server-start.sh", $"sleep 60 & echo $! > '{pidFile}'; wait");

        await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft() with { ReadyTimeout = TimeSpan.FromSeconds(1) }));

        var child = int.Parse(await File.ReadAllTextAsync(pidFile, Cancel), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(Processes.ProcessIdentity.Of(child));
    }

    [Fact]
    public async Task Cancelling_stops_what_was_started()
    {
        using var cancel = new CancellationTokenSource();
        var starting = StartAsync(Kraft(), cancel.Token, new OnReport("waiting for the brokers", cancel.Cancel));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);

        RequireNothingLeft();
    }

    [Fact]
    public async Task A_format_that_fails_says_what_the_tool_said()
    {
        _home.Script("kafka-storage.sh", "echo 'Error while writing meta.properties: no space' >&2; exit 1");

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft()));

        Assert.Contains("cannot format the folder of broker-0", error.Message, StringComparison.Ordinal);
        Assert.Equal(["Error while writing meta.properties: no space"], error.LogLines);
        RequireNothingLeft();
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_its_owner()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft() with { BrokerAddresses = [new HostPort("127.0.0.1", port)] }));

        Assert.Contains($"port {port} for broker-0 on 127.0.0.1 is taken by", error.Message, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains($"(pid {Environment.ProcessId})", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_home.Calls);
    }

    [Fact]
    public async Task Without_Java_the_error_says_what_to_install()
    {
        var cluster = new LocalCluster(_home.DataDir, name => name == "PATH" ? "/no/such/bin" : _home.Environment(name));

        var error = await Assert.ThrowsAsync<ClusterException>(() => cluster.StartAsync(Kraft(), null, Cancel));

        Assert.Contains("no Java found", error.Message, StringComparison.Ordinal);
        Assert.Empty(_home.Calls);
    }

    [Fact]
    public async Task No_argument_and_no_output_holds_a_secret()
    {
        _home.Script("kafka-server-start.sh", "env; exit 1");

        await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft()));

        var config = await File.ReadAllTextAsync(Path.Combine(_home.DataDir, "config", "broker-0.properties"), Cancel);
        var secret = config.Split("password=\"")[1].Split('"')[0];
        Assert.Equal(32, secret.Length);
        Assert.Equal(2, _home.Calls.Length);
        Assert.DoesNotContain(_home.Calls, call => call.Contains(secret, StringComparison.Ordinal));
        var output = await File.ReadAllTextAsync(new ClusterLayout(_home.DataDir).OutputFile("broker-0"), Cancel);
        Assert.Contains("LOG_DIR=", output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_starts_at_once_are_one_too_many()
    {
        Directory.CreateDirectory(_home.DataDir);
        using var held = new FileStream(Path.Combine(_home.DataDir, "lock"), FileMode.Create, FileAccess.Write, FileShare.None);

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft()));

        Assert.Contains("another fink-kafka is starting or stopping", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_other_things_is_not_touched()
    {
        Directory.CreateDirectory(_home.DataDir);
        await File.WriteAllTextAsync(Path.Combine(_home.DataDir, "thesis.tex"), "", Cancel);

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(Kraft()));

        Assert.Contains("holds thesis.tex", error.Message, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_home.DataDir));
    }

    [Theory]
    [InlineData("version=1\ncluster.id=other\nnode.id=0\n", "it is of cluster other")]
    [InlineData("version=1\ncluster.id=this\nnode.id=7\n", "it is of broker 7")]
    [InlineData("version=0\ncluster.id=this\nbroker.id=0\n", "it is of a zookeeper broker")]
    public async Task Data_of_another_cluster_is_found_before_the_start(string meta, string words)
    {
        var broker = Path.Combine(_home.DataDir, "data", "broker-0");
        Directory.CreateDirectory(broker);
        await File.WriteAllTextAsync(Path.Combine(broker, "meta.properties"), meta, Cancel);
        new DataFolder(new ClusterLayout(_home.DataDir)).SaveState(new ClusterState
        {
            Mode = ClusterMode.Kraft,
            KafkaHome = _home.Path,
            KafkaVersion = "3.9.1",
            ClusterId = "this",
            Brokers = ["127.0.0.1:25999"],
            WasReady = true,
        });

        var error = await Assert.ThrowsAsync<ClusterException>(() => StartAsync(new ClusterOptions()));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Empty(_home.Calls);
    }

    [Fact]
    public async Task A_stale_record_of_a_process_never_stops_another_one()
    {
        Directory.CreateDirectory(_home.DataDir);
        var folder = new DataFolder(new ClusterLayout(_home.DataDir));
        folder.SaveProcesses([new ProcessRecord("broker-0", Environment.ProcessId, "another start", TimeProvider.System.GetUtcNow(), "127.0.0.1:1")]);

        var outcome = await new LocalCluster(_home.DataDir).StopAsync(null, null, Cancel);

        Assert.Empty(outcome.Stopped);
        Assert.Empty(folder.LoadProcesses());
    }

    public void Dispose() => _home.Dispose();

    private static ClusterOptions Kraft() => new()
    {
        Mode = ClusterMode.Kraft,
        BrokerAddresses = TestSupport.Clusters.TestClusters.FreeAddresses(1),
        ReadyTimeout = TimeSpan.FromSeconds(30),
    };

    private Task<StartOutcome> StartAsync(ClusterOptions options, CancellationToken? cancel = null, IProgress<string>? progress = null) =>
        new LocalCluster(_home.DataDir, _home.Environment).StartAsync(options, progress, cancel ?? Cancel);

    private void RequireNothingLeft()
    {
        Assert.False(File.Exists(Path.Combine(_home.DataDir, "processes.json")));
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(
                Directory.EnumerateDirectories("/proc").Where(folder => File.Exists(folder + "/environ")), HasOurLogDir);
        }
    }

    private bool HasOurLogDir(string process)
    {
        try
        {
            return File.ReadAllText(process + "/environ").Contains($"LOG_DIR={_home.DataDir}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed class OnReport(string text, Action action) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value == text)
            {
                action();
            }
        }
    }
}
