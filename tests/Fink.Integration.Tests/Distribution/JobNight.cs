using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fink.Integration.Tests.Walk;
using Fink.Kafka;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Distribution;

/// <summary>
/// A night of several files, each a slice of its own, and one job that sends all of it to one topic by the command, as
/// processes of their own: what signals and second runs do to it.
/// </summary>
internal sealed class JobNight : IDisposable
{
    public const int AlertsAFile = 2000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ParquetFiles _night = new();
    private readonly string _name = $"k{Guid.NewGuid():N}"[..9];
    private readonly TestCluster _cluster;

    /// <param name="cluster">Where to.</param>
    /// <param name="settings">Of the topic, as in the rules file, each with a comma behind it.</param>
    /// <param name="files">How many files, and slices.</param>
    public JobNight(TestCluster cluster, string settings = "", int files = 12)
    {
        _cluster = cluster;
        Files = files;
        for (var file = 0; file < Files; file++)
        {
            _night.Write($"{file:00}.parquet", $"SELECT {file * AlertsAFile} + i AS candid, 'ZTF' || i AS objectId, repeat('x', 4000) AS cutout FROM range({AlertsAFile}) t(i)");
        }

        // Compressed, for a run that takes its time and leaves little on the disk.
        File.WriteAllText(_night.PathOf("_rules.yaml"), $"topics: [{{ {settings}compression: gzip, name: {Topic} }}]");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public int Files { get; }

    public int Alerts => Files * AlertsAFile;

    private string Topic => $"fink_{_name}";

    public void Dispose() => _night.Dispose();

    /// <summary>Messages in the topic, those that were sent twice included.</summary>
    public long Held() => ClusterViews.Held(_cluster, Topic);

    /// <summary>Different alerts in the topic.</summary>
    public int Arrived() => ClusterViews.DistinctHeaders(_cluster, Topic, "alertId").Count;

    public JobRun Start(params IEnumerable<string> arguments)
    {
        var start = Tool.Start(
            _night.Folder,
            "dotnet",
            [
                Tool.Assembly, "distribute", "--source", _night.Folder, "--rules", _night.PathOf("_rules.yaml"), "--job", _name, "-o", "json",
                "--bootstrap-server", _cluster.BootstrapServers, "--command-config", _cluster.ProducerProperties, .. arguments,
            ]);
        return new JobRun(Process.Start(start)!);
    }

    /// <summary>How far the job's group is in its list of slices: what it has committed, and what it lags behind.</summary>
    public async Task<(long Committed, long Lag)> ProgressAsync()
    {
        using var admin = new KafkaAdmin(ClusterViews.Connection(_cluster, _cluster.AdminProperties), TimeProvider.System);
        try
        {
            var group = await admin.Groups.DescribeAsync($"fink-work-{_name}", Cancel);
            var slices = group.Partitions.SingleOrDefault(partition => partition.Partition == 1);
            return (slices?.Committed ?? 0, slices?.Lag ?? 0);
        }
        catch (KafkaOperationException e) when (e.Kind == FailureKind.NotFound)
        {
            return (0, 0); // No run has joined it yet.
        }
    }

    /// <summary>A night whose run was disturbed after it had committed a slice and before it had committed all.</summary>
    public static Task<(JobNight Night, JobRun Run)> DisturbedAsync(TestCluster cluster, Func<JobNight, JobRun, Task> disturb) =>
        CaughtAsync(cluster, "", async (night, run) =>
        {
            await UntilAsync(run, night.HasCommittedAsync);
            await disturb(night, run);
            var (committed, _) = await night.ProgressAsync();
            return committed > 0 && committed < night.Files;
        });

    /// <summary>A night whose run has sent an alert and is still at work.</summary>
    public static Task<(JobNight Night, JobRun Run)> UnderWayAsync(TestCluster cluster, string settings = "") =>
        CaughtAsync(cluster, settings, async (night, run) =>
        {
            await UntilAsync(run, () => Task.FromResult(night.HasMessage()));
            return !run.HasExited;
        });

    /// <summary>A run may be through before it is looked at, which says nothing: the next night is twice as long.</summary>
    private static async Task<(JobNight Night, JobRun Run)> CaughtAsync(
        TestCluster cluster, string settings, Func<JobNight, JobRun, Task<bool>> isCaught)
    {
        for (var files = 12; files <= 192; files *= 2)
        {
            var night = new JobNight(cluster, settings, files);
            var run = night.Start();
            if (await isCaught(night, run))
            {
                return (night, run);
            }

            run.Dispose();
            night.Dispose();
        }

        throw new InvalidOperationException("five runs, the last of 192 files, were through before they were caught");
    }

    private static async Task UntilAsync(JobRun run, Func<Task<bool>> condition)
    {
        while (!run.HasExited && !await condition())
        {
            await Task.Delay(Look, Cancel);
        }
    }

    private async Task<bool> HasCommittedAsync() => (await ProgressAsync()).Committed > 0;

    private bool HasMessage()
    {
        try
        {
            return Held() > 0;
        }
        catch (Confluent.Kafka.KafkaException)
        {
            return false; // The topic is not made yet.
        }
    }
}

/// <summary>What a run of the command said at its end.</summary>
internal sealed record JobResult(int ExitCode, string End, long Sent, int SlicesDone, int SlicesLeft, string Error);

/// <summary>A run of the command, under way.</summary>
internal sealed class JobRun : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public JobRun(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public bool HasExited => _process.HasExited;

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public Task ExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<JobResult> ResultAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var error = await _error;
        var output = await _output;
        Assert.True(output.Length > 0, error);
        using var json = JsonDocument.Parse(output);
        var root = json.RootElement;
        return new JobResult(
            _process.ExitCode, root.GetProperty("end").GetString()!, root.GetProperty("sent").GetInt64(),
            root.GetProperty("slicesDone").GetInt32(), root.GetProperty("slicesLeft").GetInt32(), error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
