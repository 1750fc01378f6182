using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Walk;

/// <summary>No password is ever in a process's arguments, in a log, or in a file that others can read.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Password = "hunter2-Zx9-walks-by-night";

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-secret-").FullName;

    [Theory]
    [InlineData("embedded", "broker run --supervised")]
    [InlineData("zookeeper", "kafka.Kafka")]
    public async Task Start_and_user_add_show_no_password_to_others(string mode, string serverCommand)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw SkippedException.Because("/proc is Linux's");
        }

        var home = mode == "zookeeper" ? Tool.RequireKafkaHome() : "";
        var ports = TestClusters.FreeAddresses(2);
        await File.WriteAllTextAsync(Path.Combine(_folder, "c.conf"), $"KAFKA_HOME={home}\nZK_IPPORT=127.0.0.1:{ports[1].Port}\n", TestContext.Current.CancellationToken);
        var ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var seen = new CommandLineWatch();
        try
        {
            var start = await Tool.RunAsync(_folder, "", "start", "-c", "c.conf", "--mode", mode, "--brokers", "1", "--listen", $"127.0.0.1:{ports[0].Port}");
            Assert.True(start.ExitCode == 0, start.Error);
            var add = await Tool.RunAsync(_folder, Password + "\n", "user", "add", "bob", "--password-stdin", "-v");
            Assert.True(add.ExitCode == 0, add.Error);

            var credentials = Directory.GetFiles(Path.Combine(_folder, "cluster", "credentials"), "*.librdkafka.conf");
            var passwords = credentials.SelectMany(File.ReadLines)
                .Where(line => line.StartsWith("sasl.password=", StringComparison.Ordinal))
                .Select(line => line["sasl.password=".Length..])
                .Append(Password)
                .ToList();
            Assert.Equal(4, passwords.Count);
            var texts = Directory.GetFiles(Path.Combine(_folder, "cluster", "logs"), "*", SearchOption.AllDirectories).Select(ReadShared)
                .Append(seen.Text).Append(start.Output + start.Error).Append(add.Output + add.Error);
            Assert.All(texts, text => Assert.All(passwords, password => Assert.False(text.Contains(password, StringComparison.Ordinal), "a password is to be seen")));
            Assert.Contains(serverCommand, seen.Text, StringComparison.Ordinal);
            Assert.All(
                Directory.GetFiles(Path.Combine(_folder, "cluster"), "*", SearchOption.AllDirectories)
                    .Where(file => Path.GetFileName(file) != "LOCK" && passwords.Any(ReadShared(file).Contains)),
                file => Assert.Equal(ownerOnly, ModeOf(file)));
        }
        finally
        {
            await Tool.RunAsync(_folder, "", "stop");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static UnixFileMode ModeOf(string file) =>
        OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
