using System.Diagnostics;
using System.Text.RegularExpressions;
using Fink.Integration.Tests.Walk;
using Fink.Kafka;
using Fink.Kafka.Properties;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Packaging;

/// <summary>
/// Fink.Client as its users get it: packed, in a program of its own, which is the example of README.md, over a real topic.
/// </summary>
public sealed partial class PackedClientTests(TestClusters clusters) : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup><PackageReference Include="Fink.Client" Version="*" /></ItemGroup>
        </Project>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-client-pack-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Packages => Path.Combine(_folder, "packages");

    private string Program => Path.Combine(_folder, "program");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_example_of_the_read_me_runs_with_the_packed_client()
    {
        var cluster = await clusters.OfAsync(TestClusters.Embedded);
        var topic = $"fink_packed_{Guid.NewGuid():N}";
        await DistributeAsync(cluster, topic);
        await WriteCredentialsAsync(cluster, topic);
        await RunAsync(Checkout.Root, "pack", "src/Fink.Client/Fink.Client.csproj", "--configuration", "Release", "--output", Packages, "--nologo");
        await WriteProgramAsync();

        var lines = (await RunAsync(Program, "run")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^ZTF\w+ 24\d{5}\.\d+ \d+\.\d+ \d{3,}\s*$", line));
    }

    [Fact]
    public async Task The_package_s_own_read_me_has_the_same_example() =>
        Assert.Equal(await ExampleAsync("README.md"), await ExampleAsync("src/Fink.Client/README.md"));

    private static async Task<string> ExampleAsync(string page)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, page), Cancel);
        return Assert.Single(Example().Matches(text), block => block.Groups[1].Value.StartsWith("using Fink.Client;", StringComparison.Ordinal)).Groups[1].Value;
    }

    private async Task DistributeAsync(TestCluster cluster, string topic)
    {
        var night = Path.Combine(_folder, "night");
        var rules = Path.Combine(_folder, "rules.yaml");
        await File.WriteAllTextAsync(rules, $"topics: [{{ name: {topic} }}]", Cancel);
        foreach (var command in (string[][])
            [
                ["simulate", "--alerts", "5", "--files", "1", "--out", night],
                ["distribute", "--source", night, "--rules", rules, "--job", topic, "--bootstrap-server", cluster.BootstrapServers, "--command-config", cluster.ProducerProperties],
            ])
        {
            var (exitCode, _, error) = await Tool.RunAsync(_folder, "", command);
            Assert.True(exitCode == 0, error);
        }
    }

    /// <summary>What fink-client's `register` writes, with the password that it leaves to its user.</summary>
    private async Task WriteCredentialsAsync(TestCluster cluster, string topic)
    {
        var settings = new KafkaConnection(cluster.BootstrapServers, ClientProperties.Load(cluster.ConsumerProperties)).ToConsumerSettings();
        var file = Path.Combine(_folder, ".finkclient", "ztf_credentials.yml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(
            file,
            $"""
            survey: ztf
            username: {settings["sasl.username"]}
            password: '{settings["sasl.password"]}'
            groupid: spark-kafka-{topic}
            servers: {cluster.BootstrapServers}
            maxtimeout: 10
            topics:
              {topic}: null
            """,
            Cancel);
    }

    private async Task WriteProgramAsync()
    {
        Directory.CreateDirectory(Program);
        await File.WriteAllTextAsync(Path.Combine(Program, "Program.cs"), await ExampleAsync("README.md"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(Program, "Program.csproj"), Project, Cancel);
        // What the package needs was restored for these tests already: NuGet's own folder is a source as any other.
        var restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(
            Path.Combine(Program, "nuget.config"),
            $"""<configuration><packageSources><clear/><add key="packed" value="{Packages}"/><add key="restored" value="{restored}"/></packageSources></configuration>""",
            Cancel);
    }

    private async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (folder == Program)
        {
            // Its own packages, so that no later run finds this version of ours; and its own home, with the credentials.
            start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "restored");
            start.Environment["HOME"] = _folder;
            start.Environment["USERPROFILE"] = _folder;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} exited {process.ExitCode}: {await output}{await error}");
        return await output;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
