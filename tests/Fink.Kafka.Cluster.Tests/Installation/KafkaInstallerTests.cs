using System.Text;
using Fink.TestSupport.Installation;

namespace Fink.Kafka.Cluster.Tests.Installation;

public sealed class KafkaInstallerTests : IAsyncDisposable
{
    private const string Path391 = "/3.9.1/" + FakeArchive.Name;

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-install-").FullName;
    private readonly MisbehavingServer _server = new();
    private readonly HttpClient _http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string InstallDir => Path.Combine(_folder, "kafka");

    private string Home => Path.Combine(InstallDir, "kafka_2.13-3.9.1");

    [Fact]
    public async Task A_published_archive_is_installed_once()
    {
        Publish(FakeArchive.Kafka());

        var first = await InstallAsync();
        var second = await InstallAsync();

        Assert.Equal(new InstallOutcome(Home, "3.9.1", AlreadyInstalled: false), first);
        Assert.Equal(new InstallOutcome(Home, "3.9.1", AlreadyInstalled: true), second);
        Assert.Equal([$"GET {Path391}.sha512", $"GET {Path391}"], _server.Asked);
        Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(Path.Combine(Home, "bin", "kafka-server-start.sh")) & UnixFileMode.UserExecute) != 0);
        RequireNothingElse();
    }

    [Fact]
    public async Task A_download_that_is_cut_off_goes_on_where_it_stopped()
    {
        Publish(FakeArchive.Kafka(fillerBytes: 300_000));
        _server.CutOff = (2, 100_000);

        await InstallAsync();

        Assert.Equal([$"GET {Path391}", $"GET {Path391} from 100000", $"GET {Path391} from 200000"], _server.Asked.Skip(1));
        RequireNothingElse();
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_sends_it_all_again()
    {
        Publish(FakeArchive.Kafka(fillerBytes: 300_000));
        _server.CutOff = (1, 100_000);
        _server.KnowsRanges = false;

        await InstallAsync();

        RequireNothingElse();
    }

    [Fact]
    public async Task Another_file_than_the_published_one_is_refused()
    {
        Publish(FakeArchive.Kafka());
        _server.Files[Path391] = FakeArchive.Of(("kafka_2.13-3.9.1/libs/kafka-clients-3.9.1.jar", "evil"));

        var error = await Assert.ThrowsAsync<ClusterException>(() => InstallAsync());

        Assert.Contains("is not the published file", error.Message, StringComparison.Ordinal);
        RequireNothingInstalled();
    }

    [Fact]
    public async Task What_an_earlier_run_left_of_another_file_does_not_stand_in_the_way()
    {
        Publish(FakeArchive.Kafka());
        Directory.CreateDirectory(InstallDir);
        await File.WriteAllTextAsync(Path.Combine(InstallDir, FakeArchive.Name + ".part"), "something else", Cancel);

        await InstallAsync();

        RequireNothingElse();
    }

    [Fact]
    public async Task A_version_that_is_not_published_is_said_so()
    {
        var error = await Assert.ThrowsAsync<ClusterException>(() => InstallAsync());

        Assert.Contains("is not published at", error.Message, StringComparison.Ordinal);
        RequireNothingInstalled();
    }

    [Fact]
    public async Task A_page_in_place_of_the_sum_is_refused()
    {
        Publish(FakeArchive.Kafka());
        _server.Files[Path391 + ".sha512"] = "<html>Welcome to the hotel's network</html>"u8.ToArray();

        var error = await Assert.ThrowsAsync<ClusterException>(() => InstallAsync());

        Assert.Contains("holds no SHA-512", error.Message, StringComparison.Ordinal);
        RequireNothingInstalled();
    }

    [Theory]
    [InlineData("../outside.sh")]
    [InlineData("kafka/../../outside.sh")]
    [InlineData("/tmp/outside.sh")]
    public async Task A_path_that_leads_out_of_the_archive_is_refused(string path)
    {
        Publish(FakeArchive.Of((path, "evil")));

        var error = await Assert.ThrowsAsync<ClusterException>(() => InstallAsync());

        Assert.Contains("leads out of its folder", error.Message, StringComparison.Ordinal);
        RequireNothingInstalled();
    }

    [Fact]
    public async Task A_link_in_the_archive_is_refused()
    {
        Publish(FakeArchive.WithLink("kafka_2.13-3.9.1", "/etc"));

        var error = await Assert.ThrowsAsync<ClusterException>(() => InstallAsync());

        Assert.Contains("SymbolicLink: refused", error.Message, StringComparison.Ordinal);
        RequireNothingInstalled();
    }

    [Fact]
    public async Task A_whole_archive_of_something_else_is_refused()
    {
        Publish(FakeArchive.Of(("spark/bin/spark", "no")));

        var error = await Assert.ThrowsAsync<ClusterException>(() => InstallAsync());

        Assert.Contains("does not hold Apache Kafka", error.Message, StringComparison.Ordinal);
        RequireNothingInstalled();
    }

    [Fact]
    public async Task A_file_is_installed_if_its_sum_stands_beside_it()
    {
        var archive = FakeArchive.Kafka();
        var file = Path.Combine(_folder, FakeArchive.Name);
        await File.WriteAllBytesAsync(file, archive, Cancel);
        var options = new InstallOptions { From = file };

        var unchecked_ = await Assert.ThrowsAsync<ClusterException>(() => new KafkaInstaller(InstallDir).InstallAsync(options, null, Cancel));
        await File.WriteAllTextAsync(file + ".sha512", FakeArchive.SumOf(archive), Cancel);
        var outcome = await new KafkaInstaller(InstallDir).InstallAsync(options, null, Cancel);

        Assert.Contains(".sha512 is missing", unchecked_.Message, StringComparison.Ordinal);
        Assert.Equal(Home, outcome.KafkaHome);
        Assert.True(File.Exists(file));
        RequireNothingElse();
    }

    [Theory]
    [InlineData("3.9", null)]
    [InlineData("../3.9.1", null)]
    [InlineData("3.9.1", "kafka.zip")]
    public async Task A_version_or_file_name_that_cannot_be_is_a_usage_error(string version, string? from)
    {
        var installer = new KafkaInstaller(InstallDir);

        var error = await Assert.ThrowsAsync<ClusterException>(
            () => installer.InstallAsync(new InstallOptions { Version = version, From = from }, null, Cancel));

        Assert.Equal(ClusterErrorKind.Usage, error.Kind);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<InstallOutcome> InstallAsync() =>
        new KafkaInstaller(InstallDir, _http).InstallAsync(new InstallOptions { Mirror = _server.Address }, null, Cancel);

    private void Publish(byte[] archive)
    {
        _server.Files[Path391] = archive;
        _server.Files[Path391 + ".sha512"] = Encoding.ASCII.GetBytes(FakeArchive.SumOf(archive));
    }

    private void RequireNothingElse()
    {
        Assert.True(File.Exists(Path.Combine(Home, "libs", "kafka-clients-3.9.1.jar")));
        Assert.Equal([Home], Directory.EnumerateFileSystemEntries(InstallDir).Where(entry => Path.GetFileName(entry) != ".lock"));
    }

    private void RequireNothingInstalled() =>
        Assert.DoesNotContain(Directory.EnumerateDirectories(_folder, "*", SearchOption.AllDirectories), folder => folder != InstallDir);
}
