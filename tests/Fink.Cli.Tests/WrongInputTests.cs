namespace Fink.Cli.Tests;

/// <summary>What new users get wrong: each has one clear line on the error stream, nothing on the output, and its exit code.</summary>
public sealed class WrongInputTests : IDisposable
{
    private const string Nobody = "--bootstrap-server 127.0.0.1:1 --timeout 1s";

    private readonly Cli _cli = new();

    [Theory]
    [InlineData("topic", 2, "command")]
    [InlineData("topics list", 2, "did you mean topic")]
    [InlineData("topic lst", 2, "did you mean list")]
    [InlineData("topic create", 2, "TOPIC")]
    [InlineData("topic create t --partitions 0", 2, "--partitions '0'")]
    [InlineData("topic create t --partitions many", 2, "--partitions 'many'")]
    [InlineData("topic create t --replication-factor 99999", 2, "--replication-factor '99999'")]
    [InlineData("topic create t --config retention.ms", 2, "NAME=VALUE")]
    [InlineData("topic create t --partition 3", 2, "did you mean --partitions")]
    [InlineData("topic alter t", 2, "nothing to change")]
    [InlineData("topic delete t", 2, "--yes")]
    [InlineData("topic list extra", 2, "'extra'")]
    [InlineData("topic list", 4, "no cluster")]
    [InlineData("topic list -o xml", 2, "'xml'")]
    [InlineData("topic list -o", 2, "'-o'")]
    [InlineData("topic list --timeout soon", 2, "'soon' is not a time")]
    [InlineData("topic list --timeout 0", 2, "longer than nothing")]
    [InlineData("topic list --timeout -5s", 2, "'-5s' is not a time")]
    [InlineData("topic list -c nowhere.conf", 2, "nowhere.conf")]
    [InlineData("topic list --command-config nowhere.properties", 2, "nowhere.properties")]
    [InlineData($"topic list {Nobody}", 4, "127.0.0.1:1")]
    [InlineData($"group describe g {Nobody}", 4, "127.0.0.1:1")]
    [InlineData($"consume t --until-end {Nobody}", 4, "127.0.0.1:1")]
    [InlineData("user add bob", 2, "no terminal to ask at")]
    [InlineData("user add", 2, "USER")]
    [InlineData("user add bob --generate --password-stdin", 2, "exclude each other")]
    [InlineData("user add bob --password-file nowhere", 2, "nowhere")]
    [InlineData("user add bob --password-stdin", 2, "password of bob is empty")]
    [InlineData("user add bob --password secret", 2, "--password")]
    [InlineData("user add bob --generate --mechanism PLAIN", 2, "PLAIN")]
    [InlineData("user add bob --generate --iterations 100", 2, "at least 4096")]
    [InlineData("user delete bob", 2, "--yes")]
    [InlineData("user verify bob", 2, "no terminal to ask at")]
    [InlineData("user add *  --generate", 2, "in ACLs * is everybody")]
    [InlineData("user add User:bob --generate", 2, "write bob")]
    [InlineData("user add bo\u0007b --generate", 2, "control characters")]
    [InlineData("acl check --user b --host localhost --read t", 2, "--host 'localhost': give the client's IP address")]
    [InlineData($"consume t -o avro --outdir /proc/nope {Nobody}", 1, "--outdir /proc/nope")]
    [InlineData($"consume t --html /proc/nope {Nobody}", 1, "--html /proc/nope")]
    [InlineData("alert", 2, "command")]
    [InlineData("alert show", 2, "FILE|PLACE")]
    [InlineData("acl add --topic t --producer", 2, "--user")]
    [InlineData("acl add --user b --topic t", 2, "say which rights")]
    [InlineData("acl remove --user b --topic t", 2, "say which rights")]
    [InlineData("acl add --user b --producer", 2, "--topic")]
    [InlineData("acl add --user b --consumer --topic t", 2, "--consumer needs --group")]
    [InlineData("acl add --user b --allow Reed --topic t", 2, "'Reed' is no operation")]
    [InlineData("acl add --user b --allow Read", 2, "say on what")]
    [InlineData("acl add --user b --producer --allow Read --topic t", 2, "not both")]
    [InlineData("acl remove --user b --producer --topic t", 2, "--yes")]
    [InlineData("acl list --topic t --group g", 2, "exclude each other")]
    [InlineData("acl check --user b", 2, "nothing to check")]
    [InlineData("acl check --read t", 2, "--user")]
    [InlineData("acl check --user b --read t --wait long", 2, "'long' is not a time")]
    [InlineData("consume", 2, "TOPIC")]
    [InlineData("consume t --from yesterday --bootstrap-server 127.0.0.1:1", 2, "--from 'yesterday'")]
    [InlineData("consume t --limit 0", 2, "--limit '0'")]
    [InlineData("consume t -o yaml", 2, "'yaml'")]
    [InlineData("consume t --schema nowhere.avsc --bootstrap-server 127.0.0.1:1", 2, "nowhere.avsc")]
    [InlineData("consume t --wire avro", 2, "'avro'")]
    [InlineData("simulate", 2, "--out")]
    [InlineData("simulate --alerts 0 --out n", 2, "--alerts '0'")]
    [InlineData("simulate --alerts 1 --files 2 --out n", 2, "--files 2 is more than --alerts 1")]
    [InlineData("simulate --survey lsst --out n", 2, "'lsst'")]
    [InlineData("distribute --source n --rules nowhere.yaml --dry-run", 2, "nowhere.yaml")]
    [InlineData("distribute --dry-run", 2, "distribution.yaml")]
    [InlineData("distribute --limit x", 2, "--limit 'x'")]
    [InlineData("start --mode docker", 2, "'docker'")]
    [InlineData("start --mode embedded --brokers 3", 2, "3 brokers in embedded mode: it is one; for more use --mode kraft")]
    [InlineData("start --anonymous-listen 9193", 2, "'9193' is not an address")]
    [InlineData("start --mode embedded --anonymous-listen 0.0.0.0:9193", 2, "--advertise HOST")]
    [InlineData("start --mode embedded --listen 127.0.0.1:65500 --anonymous-read", 2, "--anonymous-listen HOST:PORT")]
    [InlineData("broker", 2, "see fink-kafka broker --help")]
    [InlineData("broker run --override num.partitions", 2, "--override 'num.partitions': give NAME=VALUE")]
    [InlineData("broker run --config no-such.properties", 2, "cannot read the broker properties")]
    [InlineData("broker run --override num.partitions=abc", 2, "--override num.partitions is not taken: Invalid value abc")]
    [InlineData("broker run --override num.partitions=0", 2, "Value must be at least 1")]
    [InlineData("broker run --tls-cert no-such.pem --tls-key no-such.pem", 2, "no-such.pem (--tls-cert): there is no such file")]
    [InlineData("broker run --tls-cert /proc --tls-key no-such.pem", 2, "/proc (--tls-cert): it is a folder")]
    [InlineData("broker run --tls-cert no-such.pem", 2, "TLS needs both files")]
    [InlineData("broker run --listen PLAINTEXT://no-such-host.invalid:1", 1, "no-such-host.invalid is not known here")]
    [InlineData("start --mode embedded --listen no-such-host.invalid:9093", 1, "choose a name or an address of this machine")]
    [InlineData("broker run --data-dir /proc/x", 1, "cannot write to the data folder /proc/x (it cannot be made there): give one that this user may write to with --data-dir")]
    [InlineData("broker run --listen 127.0.0.1:24010", 2, "--listen has '127.0.0.1:24010', which is not NAME://HOST:PORT as")]
    [InlineData("broker run --listen PLAINTEXT://127.0.0.1:99999", 2, "ports are 1-65535")]
    [InlineData("broker run --listen FOO://127.0.0.1:1", 2, "--listen has FOO, which is none of PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL")]
    [InlineData("broker run --listen SSL://127.0.0.1:0", 2, "--tls-cert FILE with --tls-key FILE")]
    [InlineData("broker run --override zorglub=3", 2, "--override zorglub is no broker property: write one of Kafka's")]
    [InlineData("start --brokers 0", 2, "--brokers '0'")]
    [InlineData("start --listen 9093", 2, "HOST:PORT")]
    [InlineData("start distribution_test", 2, "DISTRIBUTION_TOPIC")]
    [InlineData("slack", 2, "command")]
    [InlineData("slack send", 2, "CHANNEL|USER")]
    [InlineData("slack send #alerts", 2, "MESSAGE")]
    [InlineData("slack send #alerts hello", 2, "no Slack token")]
    [InlineData("slack send #alerts hello --token-file nowhere", 2, "--token-file nowhere")]
    [InlineData("slack send #alerts hello --token xoxb-1", 2, "unknown option '--token'")]
    [InlineData("slack alerts", 2, "FILE|TOPIC")]
    [InlineData("slack alerts nowhere.csv --dry-run", 1, "nowhere.csv: there is no such file")]
    [InlineData("slack alerts nowhere.csv --dry-run --channels nowhere", 2, "the list of channels nowhere (--channels)")]
    [InlineData("slack alerts t --dry-run", 4, "no cluster")]
    [InlineData("slack follow", 2, "TOPIC")]
    [InlineData("slack follow t --every soon", 2, "'soon' is not a time")]
    [InlineData($"slack follow t --from yesterday --dry-run {Nobody}", 2, "--from 'yesterday'")]
    [InlineData($"slack alerts t --dry-run {Nobody}", 4, "127.0.0.1:1")]
    [InlineData("config", 2, "command")]
    [InlineData("install --mirror ftp:nothing", 2, "not an http address")]
    [InlineData("bogus --help", 2, "unknown command 'bogus'")]
    public async Task A_mistake_gets_one_clear_line_and_its_exit_code(string line, int exitCode, string says)
    {
        var result = await _cli.RunAsync(line);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.InRange(result.ErrorLines.Count, 1, 2);
        Assert.Empty(result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("report", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broker", "run", "--data-dir", "")]
    [InlineData("start", "--mode", "embedded", "--data-dir", "")]
    [InlineData("user", "add", "", "--generate")]
    [InlineData("user", "verify", "", "--password-stdin")]
    [InlineData("user", "delete", "", "--yes")]
    [InlineData("group", "describe", "")]
    [InlineData("topic", "describe", "")]
    [InlineData("topic", "alter", "", "--partitions", "2")]
    public async Task A_name_that_a_script_left_empty_is_a_mistake(params string[] args)
    {
        var result = await _cli.RunAsync(args);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(" is empty", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add")]
    [InlineData("verify")]
    public async Task A_password_that_no_client_can_send_is_refused_before_anybody_is_asked(string verb)
    {
        _cli.Input = " secret";

        var result = await _cli.RunAsync("user", verb, "bob", "--password-stdin", "--bootstrap-server", "127.0.0.1:1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("must not begin with a blank", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_of_a_rules_file_is_said_at_once_with_its_line()
    {
        var rules = _cli.Write("rules.yaml", "tpics: []\nkey: nothing\ntopics:\n  - where: a = 1\n");

        var result = await _cli.RunAsync("distribute", "--dry-run", "--source", _cli.Folder, "--rules", rules);

        Assert.Equal(2, result.ExitCode);
        Assert.True(result.ErrorLines.Count >= 3, result.Error);
        Assert.All(result.ErrorLines, line => Assert.Contains("rules.yaml:", line, StringComparison.Ordinal));
    }

    public void Dispose() => _cli.Dispose();
}
