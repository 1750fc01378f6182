using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fink.Integration.Tests.Walk;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;
using Fink.TestSupport.Installation;

namespace Fink.Integration.Tests.Install;

/// <summary>How Apache Kafka gets onto a machine, through the command.</summary>
public sealed class InstallTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-install-").FullName;
    private readonly MisbehavingServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string InstallDir => Path.Combine(_folder, "fink-kafka", "kafka");

    [Fact]
    public async Task A_cluster_starts_from_an_archive_that_was_installed_from_a_file()
    {
        Tool.RequireKafkaHome();
        await PackAsync(SharedFolder.Require("kafka/4.1"), "kafka_2.13-4.1.1");

        var install = await RunAsync("install", "--from", "kafka_2.13-4.1.1.tgz", "-o", "json");
        Assert.True(install.ExitCode == 0, install.Error);
        using var result = JsonDocument.Parse(install.Output);
        Assert.Equal(Path.Combine(InstallDir, "kafka_2.13-4.1.1"), result.RootElement.GetProperty("kafkaHome").GetString());

        var start = Tool.Start(_folder, "dotnet", Tool.Assembly, "start", "--listen", $"{TestClusters.FreeAddresses(1)[0]}");
        start.Environment.Remove("KAFKA_HOME");
        var started = await Tool.RunAsync(start);
        try
        {
            Assert.True(started.ExitCode == 0, started.Error);
            Assert.Contains(InstallDir, (await RunAsync("status", "-o", "json")).Output, StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync("stop");
        }
    }

    [Fact]
    public async Task The_original_s_script_installs_what_it_is_told_to()
    {
        if (OperatingSystem.IsWindows())
        {
            throw SkippedException.Because("install_kafka.sh is a shell script");
        }

        // As in a checkout: the script below conf, the launcher above it.
        Directory.CreateDirectory(Path.Combine(_folder, "a checkout", "conf"));
        var script = Path.Combine(_folder, "a checkout", "conf", "install_kafka.sh");
        File.Copy(Path.Combine(Checkout.Root, "conf", "install_kafka.sh"), script);
        var launcher = Path.Combine(_folder, "a checkout", "fink-kafka");
        await File.WriteAllTextAsync(launcher, $"#!/bin/sh\nexec dotnet '{Tool.Assembly}' \"$@\"\n", Cancel);
        File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var archive = await WriteAsync(FakeArchive.Name, FakeArchive.Kafka());
        await WriteAsync($"{FakeArchive.Name}.sha512", FakeArchive.SumOf(await File.ReadAllBytesAsync(archive, Cancel)));

        var (exitCode, _, error) = await Tool.RunAsync(Tool.Start(_folder, script, "--from", FakeArchive.Name));

        Assert.True(exitCode == 0, error);
        Assert.True(File.Exists(Path.Combine(InstallDir, "kafka_2.13-3.9.1", "bin", "kafka-server-start.sh")));
    }

    [Theory]
    [InlineData("--mirror", "")]
    [InlineData("--from", "3.9.1/" + FakeArchive.Name)]
    public async Task A_server_that_cuts_off_is_asked_again_and_a_second_install_does_nothing(string option, string path)
    {
        var archive = FakeArchive.Kafka(fillerBytes: 300_000);
        Publish(archive, FakeArchive.SumOf(archive));
        _server.CutOff = (1, 100_000);

        var first = await RunAsync("install", option, $"{_server.Address}{path}");
        var second = await RunAsync("install", option, $"{_server.Address}{path}");

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains(_server.Asked, asked => asked.EndsWith("from 100000", StringComparison.Ordinal));
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("installed already", second.Error, StringComparison.Ordinal);
        Assert.Equal("kafka_2.13-3.9.1", Path.GetFileName(Assert.Single(Directory.GetDirectories(InstallDir))));
    }

    [Theory]
    [InlineData("wrong sum", "SHA-512")]
    [InlineData("nothing there", "is not published at")]
    [InlineData("no archive", "is not a whole .tgz")]
    public async Task What_is_not_the_published_archive_is_one_line_and_installs_nothing(string fault, string why)
    {
        var archive = fault == "no archive" ? "<html>not found</html>"u8.ToArray() : FakeArchive.Kafka();
        if (fault != "nothing there")
        {
            Publish(archive, fault == "wrong sum" ? FakeArchive.SumOf([1]) : FakeArchive.SumOf(archive));
        }

        var (exitCode, output, error) = await RunAsync("install", "--mirror", $"{_server.Address}");

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(line.Contains(why, StringComparison.Ordinal), line);
        Assert.Empty(Directory.GetDirectories(InstallDir));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params IEnumerable<string> arguments) => Tool.RunAsync(_folder, "", arguments);

    private void Publish(byte[] archive, string sum)
    {
        _server.Files[$"/3.9.1/{FakeArchive.Name}"] = archive;
        _server.Files[$"/3.9.1/{FakeArchive.Name}.sha512"] = Encoding.UTF8.GetBytes(sum);
    }

    private async Task<string> WriteAsync(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, content, Cancel);
        return path;
    }

    private Task<string> WriteAsync(string name, string text) => WriteAsync(name, Encoding.UTF8.GetBytes(text));

    /// <summary>The archive of a real Kafka, as Apache packs it, and its sum as sha512sum writes it.</summary>
    private async Task PackAsync(string home, string name)
    {
        var archive = Path.Combine(_folder, $"{name}.tgz");
        using (var tar = Process.Start("tar", ["--use-compress-program=gzip -1", "--transform", $"s,^\\.,{name},", "-cf", archive, "-C", home, "."]))
        {
            await tar.WaitForExitAsync(Cancel);
            Assert.Equal(0, tar.ExitCode);
        }

        var sum = SHA512.HashData(await File.ReadAllBytesAsync(archive, Cancel));
        await WriteAsync($"{name}.tgz.sha512", $"{Convert.ToHexStringLower(sum)}  {name}.tgz\n");
    }
}
