using System.Diagnostics;
using Fink.Integration.Tests.Walk;
using Fink.TestSupport;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Tls;

/// <summary>Clusters that the command started with a certificate and a PKCS#1 key; each started when a test first asks for it.</summary>
public sealed class TlsClusters : IAsyncDisposable
{
    public const string Embedded = "embedded";

    /// <summary>Kafka 4.1.</summary>
    public const string Kraft = "kraft";

    private readonly TlsCluster _embedded = new(Embedded, null);
    private readonly TlsCluster _kraft = new(Kraft, "kafka/4.1");

    public async Task<TlsCluster> StartedAsync(string kind)
    {
        var cluster = kind == Embedded ? _embedded : _kraft;
        await cluster.StartedAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await _embedded.DisposeAsync();
        await _kraft.DisposeAsync();
    }
}

/// <param name="kafka">Its home in the shared folder; null for none.</param>
public sealed class TlsCluster(string mode, string? kafka) : IAsyncDisposable
{
    private const string KeyTool = "keytool";

    public const string StorePassword = "store-password";

    private readonly TestClusterFolder _folder = new();
    private Task? _started;

    public string Folder => _folder.Path;

    public string Servers { get; private set; } = "";

    public string Certificate { get; private set; } = "";

    public string Credentials(string file) => Path.Combine(Folder, "cluster", "credentials", file);

    /// <summary>The tests of a class run one after the other.</summary>
    public Task StartedAsync() => _started ??= StartAsync();

    public Task<(int ExitCode, string Output, string Error)> RunAsync(params IEnumerable<string> arguments) =>
        Tool.RunAsync(Folder, "", arguments);

    /// <summary>The admin's own properties, with another trust store.</summary>
    public async Task<string> PropertiesAsync(string name, string truststore, params string[] further)
    {
        var lines = await File.ReadAllLinesAsync(Credentials("admin.properties"));
        var path = Path.Combine(Folder, name);
        await File.WriteAllLinesAsync(path,
            [.. lines.Where(line => !line.StartsWith("ssl.", StringComparison.Ordinal)), $"ssl.truststore.location={truststore}", .. further]);
        return path;
    }

    /// <summary>A trust store of the cluster's certificate, made by Java's own tool.</summary>
    public async Task<string> TrustStoreAsync(string type)
    {
        ProgramOnPath.Require(KeyTool);
        var path = Path.Combine(Folder, $"trust-{Guid.NewGuid():N}.{type}");
        await RunToolAsync(
            KeyTool, "-importcert", "-noprompt", "-alias", "ca", "-file", Certificate, "-keystore", path,
            "-storetype", type, "-storepass", StorePassword);
        return path;
    }

    public static async Task<string> RunToolAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var (exitCode, output, error) = await Tool.RunAsync(start);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {exitCode}: {output}{error}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is { IsCompletedSuccessfully: true })
        {
            await new Kafka.Cluster.LocalCluster(Path.Combine(Folder, "cluster")).StopAsync(TimeSpan.FromSeconds(10));
        }

        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        var (certificate, key) = TestCertificate.WriteWithPkcs1Key(Folder, "127.0.0.1");
        Certificate = certificate;
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----", await File.ReadAllTextAsync(key), StringComparison.Ordinal);
        var address = TestClusters.FreeAddresses(1)[0];
        Servers = address.ToString();
        var start = Tool.Start(
            Folder, "dotnet", Tool.Assembly, "start", "--mode", mode, "--listen", Servers, "--tls-cert", certificate, "--tls-key", key);
        Tool.UseKafkaHome(start, kafka);
        var (exitCode, _, error) = await Tool.RunAsync(start);
        Assert.True(exitCode == 0, error);
    }
}
