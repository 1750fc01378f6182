namespace Fink.Cli.Tests.Legacy;

/// <summary>
/// The original's syntax, row by row of reference/original.md 1 and kafka-clis.md 0. No cluster runs, so a line that gets
/// as far as the cluster ends in 1, the original's code for every failure of it.
/// </summary>
public sealed class LegacySyntaxTests : IDisposable
{
    private const string NoCluster = "no cluster";

    private readonly Cli _cli = new();

    [Theory]
    [InlineData("", 1, null)]
    [InlineData("--bogus", 1, "unknown option: --bogus")]
    [InlineData("-z", 1, "unknown option: -z")]
    [InlineData("-h", 0, null)]
    [InlineData("--help", 0, null)]
    [InlineData("--list-topics -h", 0, null)]
    [InlineData("--list-topics --bogus", 1, "unknown option: --bogus")]
    [InlineData("--list-topics bogus", 2, "unknown argument: bogus")]
    [InlineData("bogus", 2, "unknown command 'bogus'")]
    [InlineData("-c", 1, "-c requires an argument")]
    [InlineData("--conf", 1, "--conf requires an argument")]
    [InlineData("--create-topic", 1, "--create-topic requires an argument (Topic Name)")]
    [InlineData("--delete-topic", 1, "--delete-topic requires an argument (Topic Name)")]
    [InlineData("--describe-topic", 1, "--describe-topic requires an argument (Topic Name)")]
    [InlineData("--create-topic --list-topics", 1, "--create-topic requires an argument (Topic Name)")]
    [InlineData("--create-topic t", 1, NoCluster)]
    [InlineData("--delete-topic t", 1, NoCluster)]
    [InlineData("--describe-topic t", 1, NoCluster)]
    [InlineData("--list-topics", 1, NoCluster)]
    [InlineData("--list-acl", 1, NoCluster)]
    [InlineData("start --list-topics", 1, NoCluster)]
    [InlineData("--create-topic t --list-topics", 1, NoCluster)]
    [InlineData("--list-topics stop", 0, null)]
    [InlineData("start stop", 0, null)]
    public async Task A_service_ends_as_the_original_did(string line, int exitCode, string? error)
    {
        var result = await _cli.RunAsync(line);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(error ?? "", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2, "Usage:")]
    [InlineData("-h", 0, null)]
    [InlineData("-a -h", 0, null)]
    [InlineData("-u", 3, "-u requires an argument")]
    [InlineData("-a -u bob -p", 3, "-p requires an argument")]
    [InlineData("-adu", 5, "user is missing")]
    [InlineData("-d -u", 5, "user is missing")]
    [InlineData("-d -u bob -p", 1, NoCluster)]
    [InlineData("-dubob -p", 1, NoCluster)]
    [InlineData("-z", 4, "unknown option: -z")]
    [InlineData("-az", 4, "unknown option: -z")]
    [InlineData("--create-topic t", 4, "unknown option: --")]
    [InlineData("-a", 5, "user or password is missing")]
    [InlineData("-a -u bob", 5, "user or password is missing")]
    [InlineData("-a -p x", 5, "user or password is missing")]
    [InlineData("bob", 5, "user or password is missing")]
    [InlineData("-d", 5, "user is missing")]
    [InlineData("-d -p x", 5, "user is missing")]
    [InlineData("-u bob -p x", 1, NoCluster)]
    [InlineData("-a -u bob -p x", 1, NoCluster)]
    [InlineData("-au bob -p x", 1, NoCluster)]
    [InlineData("-adu bob", 1, NoCluster)]
    [InlineData("-da -u bob", 5, "user or password is missing")]
    [InlineData("-u bob -p @x", 1, NoCluster)]
    [InlineData("-u bob -p -secret", 1, NoCluster)]
    public async Task Authentication_ends_as_the_original_did(string letters, int exitCode, string? error)
    {
        var result = await _cli.RunAsync($"--authentication {letters}");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(error ?? "", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 2, "Usage:")]
    [InlineData("-h", 0, null)]
    [InlineData("-a -u", 3, "-u requires an argument")]
    [InlineData("-d -u", 3, "-u requires an argument")]
    [InlineData("-a -u bob -H", 3, "-H requires an argument")]
    [InlineData("-a -c", 3, "-c requires an argument")]
    [InlineData("-x", 4, "unknown option: -x")]
    [InlineData("-a -u bob -H * -t t", 6, "-p or -c")]
    [InlineData("-a -u bob -H * -p", 6, "-t are needed")]
    [InlineData("-a -u bob -p -t t", 6, "-H")]
    [InlineData("-a -H * -p -t t", 6, "-u")]
    [InlineData("-u bob -H * -p -t t", 6, "say -a to add the rights or -d")]
    [InlineData("-a -u bob -H * -p -t t", 1, NoCluster)]
    [InlineData("-a -u bob -H 10.0.0.1 -c g -t t", 1, NoCluster)]
    [InlineData("-apu bob -H * -tt", 1, NoCluster)]
    [InlineData("-d -u bob -H * -p -t t", 1, NoCluster)]
    public async Task Authorization_ends_as_the_original_did(string letters, int exitCode, string? error)
    {
        var result = await _cli.RunAsync($"--authorization {letters}");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(error ?? "", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_consumer_group_is_7_which_the_original_only_printed()
    {
        var result = await _cli.RunAsync("--authorization", "-a", "-u", "bob", "-H", "*", "-t", "t", "-c", "");

        Assert.Equal(7, result.ExitCode);
    }

    [Fact]
    public async Task Start_is_not_0_when_the_cluster_is_not_up()
    {
        _cli.Environment["KAFKA_HOME"] = Path.Combine(_cli.Folder, "nowhere");

        var result = await _cli.RunAsync("start");

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("successfully", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_behind_another_service_fails_with_1_and_the_line_of_the_original()
    {
        _cli.Environment["KAFKA_HOME"] = Path.Combine(_cli.Folder, "nowhere");

        var result = await _cli.RunAsync("stop start");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Starting Kafka Server failed", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-c {0} --list-topics")]
    [InlineData("--list-topics -c {0}")]
    [InlineData("--conf {0} --list-topics")]
    [InlineData("--conf={0} --list-topics")]
    [InlineData("--list-topics --conf={0}")]
    [InlineData("-c {0} --authorization -a -u b -H * -c g -t t")]
    [InlineData("topic list -c {0}")]
    [InlineData("-c {0} topic list")]
    public async Task The_conf_file_is_read_before_and_behind_the_service(string line)
    {
        var conf = _cli.Write("my.conf", "DISTRIBUTION_SERVERS=127.0.0.1:1\n");

        var result = await _cli.RunAsync($"{string.Format(null, line, conf)} --timeout 2s");

        Assert.Contains("127.0.0.1:1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conf_file_that_is_not_there_is_an_error_and_never_replaced()
    {
        var home = Path.Combine(_cli.Folder, "fink");
        _cli.Write("fink/conf/fink.conf.distribution", "DISTRIBUTION_SERVERS=127.0.0.1:1\n");
        _cli.Environment["FINK_HOME"] = home;

        var result = await _cli.RunAsync("-c missing.conf --list-topics");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("missing.conf", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1:1", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_on_the_command_line_is_warned_of_and_not_repeated()
    {
        var result = await _cli.RunAsync("--timeout 1s --bootstrap-server 127.0.0.1:1 --authentication -a -u bob -p hunter2");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("warning: others can see a password", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_ever_asked()
    {
        _cli.IsTerminal = true;

        var result = await _cli.RunAsync("--delete-topic t --timeout 1s --bootstrap-server 127.0.0.1:1");

        Assert.Equal(1, result.ExitCode);
        Assert.DoesNotContain("[y/N]", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();
}
