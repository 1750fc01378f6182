using System.Text.Json;

namespace Fink.Cli.Tests.Commands;

public sealed class DoctorTests : IDisposable
{
    private readonly Cli _cli = new();

    [Fact]
    public async Task A_machine_without_a_cluster_lacks_nothing()
    {
        var (_, findings) = await RunAsync("doctor -o json");

        // Whether somebody has the default port is not up to this test.
        Assert.DoesNotContain(findings, finding => finding.State == "missing" && finding.Check != "port");
        Assert.All(["librdkafka", "DuckDB", "clock", "data folder", "disk"], check => Assert.Contains(findings, finding => finding.Check == check && finding.State is "ok" or "warning"));
        Assert.Contains(findings, finding => finding is { Check: "reach", State: "skipped" });
        Assert.Contains(findings, finding => finding is { Check: "Java", State: "skipped" });
    }

    [Fact]
    public async Task A_cluster_that_is_not_there_is_missing_and_its_login_is_not_tried()
    {
        var (exitCode, findings) = await RunAsync("doctor -o json --timeout 2s --bootstrap-server 127.0.0.1:1");

        Assert.Equal(1, exitCode);
        Assert.Contains(findings, finding => finding is { Check: "reach", State: "missing" } && finding.Advice.Length > 0);
        Assert.Contains(findings, finding => finding is { Check: "login", State: "skipped" });
    }

    [Fact]
    public async Task A_name_without_an_address_is_missing_and_nothing_of_this_machine_is_asked_for_a_cluster_elsewhere()
    {
        var (exitCode, findings) = await RunAsync("doctor -o json --timeout 2s --bootstrap-server kafka.invalid:9093");

        Assert.Equal(1, exitCode);
        Assert.Contains(findings, finding => finding is { Check: "address", State: "missing" });
        Assert.DoesNotContain(findings, finding => finding.Check is "port" or "disk");
    }

    [Fact]
    public async Task A_folder_that_is_not_Apache_Kafka_s_is_missing()
    {
        _cli.Environment["KAFKA_HOME"] = _cli.Folder;

        var (exitCode, findings) = await RunAsync("doctor -o json");

        Assert.Equal(1, exitCode);
        Assert.Contains(findings, finding => finding is { Check: "Kafka", State: "missing" });
    }

    [Fact]
    public async Task A_password_that_others_can_read_is_a_warning_and_not_printed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files");
        var file = _cli.Write("bob.properties", "sasl.username=bob\nsasl.password=not-to-be-seen\nsasl.mechanism=SCRAM-SHA-512\nsecurity.protocol=SASL_PLAINTEXT\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        var result = await _cli.RunAsync("doctor", "--timeout", "2s", "--bootstrap-server", "127.0.0.1:1", "--command-config", file);

        Assert.Contains("chmod 600", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-to-be-seen", result.Output + result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    private async Task<(int ExitCode, IReadOnlyList<(string Check, string State, string Advice)> Findings)> RunAsync(string command)
    {
        var result = await _cli.RunAsync(command);
        return (result.ExitCode, [.. JsonDocument.Parse(result.Output).RootElement.EnumerateArray().Select(finding =>
            (finding.GetProperty("check").GetString()!, finding.GetProperty("state").GetString()!, finding.GetProperty("advice").GetString()!))]);
    }
}
