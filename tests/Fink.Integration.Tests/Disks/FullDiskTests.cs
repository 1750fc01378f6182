using Avro.File;
using Avro.Generic;
using Fink.Integration.Tests.Reading;
using Fink.Integration.Tests.Walk;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Disks;

/// <summary>A disk that is full or may not be written to: one clear line, not 0, and nothing half done.</summary>
public sealed class FullDiskTests(TestClusters clusters) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-full-").FullName;

    [Theory]
    [InlineData("embedded", null, false, "are free where")]
    [InlineData("embedded", null, true, "cannot write to the data folder")]
    [InlineData("kraft", "kafka/4.1", false, "are free where")]
    [InlineData("kraft", "kafka/4.1", true, "cannot write to the data folder")]
    public async Task A_cluster_does_not_start_on_it(string mode, string? kafka, bool isReadOnly, string why)
    {
        using var disk = SmallDisk.Mount(kilobytes: 256);
        if (isReadOnly)
        {
            disk.MakeReadOnly();
        }

        var data = Path.Combine(disk.Path, "cluster");
        var start = Tool.Start(
            _folder, "dotnet", Tool.Assembly, "start", "--mode", mode, "--data-dir", data, "--listen", $"{TestClusters.FreeAddresses(1)[0]}");
        Tool.UseKafkaHome(start, kafka);

        var (exitCode, output, error) = await Tool.RunAsync(start);
        var status = await Tool.RunAsync(_folder, "", "status", "--data-dir", data);

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains(why, OneLine(error), StringComparison.Ordinal);
        Assert.Equal(1, status.ExitCode);
        Assert.False(File.Exists(Path.Combine(data, "processes.json")));
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task Alerts_that_do_not_fit_leave_whole_files_only(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        var topic = await AlertTopic.CreateAsync(cluster, partitions: 1, alerts: 40);
        using var disk = SmallDisk.Mount(kilobytes: 64);

        var (exitCode, output, error) = await ConsumeAsync(cluster, topic.Name, disk.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains(disk.Path, OneLine(error), StringComparison.Ordinal);
        var files = Directory.GetFiles(disk.Path);
        Assert.InRange(files.Length, 1, 39);
        Assert.Equal(files.Order(StringComparer.Ordinal), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.All(files, file =>
        {
            using var reader = DataFileReader<GenericRecord>.OpenReader(file);
            Assert.Single(reader.NextEntries);
        });
    }

    [Theory]
    [InlineData(TestClusters.Embedded)]
    [InlineData(TestClusters.Kraft)]
    public async Task A_folder_that_may_not_be_written_to_is_told_before_anything_is_read(string kind)
    {
        var cluster = await clusters.OfAsync(kind);
        using var disk = SmallDisk.Mount(kilobytes: 64);
        disk.MakeReadOnly();

        var (exitCode, output, error) = await ConsumeAsync(cluster, "fink_disks", Path.Combine(disk.Path, "alerts"));

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains(disk.Path, OneLine(error), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(int ExitCode, string Output, string Error)> ConsumeAsync(TestCluster cluster, string topic, string folder) =>
        Tool.RunAsync(_folder, "", "consume", topic, "--until-end", "-o", "avro", "--outdir", folder, "--command-config", cluster.ConsumerProperties);

    private static string OneLine(string error) =>
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("fink-kafka: ", StringComparison.Ordinal));
}
