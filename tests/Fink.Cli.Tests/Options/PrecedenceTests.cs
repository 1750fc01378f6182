using System.Text.Json.Nodes;

namespace Fink.Cli.Tests.Options;

public sealed class PrecedenceTests : IDisposable
{
    private readonly Cli _cli = new();

    [Fact]
    public async Task A_flag_beats_the_environment_which_beats_the_conf_file()
    {
        var conf = _cli.Write("c.conf", "# servers\nDISTRIBUTION_SERVERS=conf:1\n");

        Assert.Equal((null, "default"), await ShowAsync("bootstrapServers"));
        Assert.Equal(("conf:1", $"{conf}:2"), await ShowAsync("bootstrapServers", "-c", conf));
        _cli.Environment["FINK_KAFKA_BOOTSTRAP_SERVER"] = "variable:1";
        Assert.Equal(("variable:1", "environment FINK_KAFKA_BOOTSTRAP_SERVER"), await ShowAsync("bootstrapServers", "-c", conf));
        Assert.Equal(("flag:1", "--bootstrap-server"), await ShowAsync("bootstrapServers", "-c", conf, "--bootstrap-server", "flag:1"));
    }

    [Fact]
    public async Task An_empty_variable_counts_as_not_set()
    {
        _cli.Environment["FINK_KAFKA_TIMEOUT"] = "";

        Assert.Equal(("30s", "default"), await ShowAsync("timeout"));
    }

    [Fact]
    public async Task The_conf_file_of_fink_home_is_the_default()
    {
        var conf = _cli.Write("fink/conf/fink.conf.distribution", "DISTRIBUTION_TOPIC=fink_outstream\n");
        _cli.Environment["FINK_HOME"] = Path.Combine(_cli.Folder, "fink");

        Assert.Equal(("fink_outstream", $"{conf}:1"), await ShowAsync("distributionTopic"));
    }

    [Fact]
    public async Task Secrets_are_masked()
    {
        var conf = _cli.Write("c.conf", "KAFKA_SASL_PASSWORD=hunter2\nSLACK_API_TOKEN=hunter2\nOPTS=\"user=a password=hunter2\"\n");
        _cli.Environment["SLACK_API_TOKEN"] = "hunter2";

        var result = await _cli.RunAsync("config", "show", "-c", conf);

        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("hunter2", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("KAFKA_SASL_PASSWORD", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_value_of_a_variable_is_named_with_the_variable()
    {
        _cli.Environment["FINK_KAFKA_OUTPUT"] = "xml";

        var result = await _cli.RunAsync("config show");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("environment FINK_KAFKA_OUTPUT", result.Error, StringComparison.Ordinal);
    }

    private async Task<(string? Value, string? Origin)> ShowAsync(string name, params string[] args)
    {
        var result = await _cli.RunAsync(["config", "show", "-o", "json", .. args]);
        Assert.Equal(0, result.ExitCode);
        var setting = JsonNode.Parse(result.Output)!.AsArray().Single(setting => (string?)setting!["name"] == name)!;
        return ((string?)setting["value"], (string?)setting["origin"]);
    }

    public void Dispose() => _cli.Dispose();
}
