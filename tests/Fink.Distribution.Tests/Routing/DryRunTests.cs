using Fink.Distribution.Configuration;
using Fink.TestSupport;

namespace Fink.Distribution.Tests.Routing;

public sealed class DryRunTests : IDisposable
{
    private readonly ParquetFiles _night = new();

    public DryRunTests() => _night.Write(
        "a.parquet",
        "SELECT * FROM (VALUES (1, 'ZTF1', 'RRLyr', 17.0), (2, 'ZTF2', 'EB*WUMa', 18.0), (3, 'ZTF3', 'Unknown', 19.0), (4, 'ZTF4', NULL, NULL)) AS t(candid, objectId, cdsxmatch, magpsf)");

    public void Dispose() => _night.Dispose();

    [Fact]
    public async Task Name_and_class_that_give_one_topic_send_an_alert_once()
    {
        var summary = await RunAsync("""
            topics:
              - name: fink_rrlyr_ztf
                where: magpsf < 20
              - by: cdsxmatch
                prefix: fink_
                suffix: _ztf
                except: [Unknown]
            """);

        Assert.Equal(4, summary.Read);
        Assert.Equal([("fink_ebwuma_ztf", 1L), ("fink_rrlyr_ztf", 3L)], summary.Topics.Select(topic => (topic.Topic, topic.Matched)));
    }

    [Fact]
    public async Task Every_rule_that_does_not_bind_is_named_with_its_place()
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => RunAsync("""
            topics:
              - name: one
                where: magpfs < 20
              - name: two
                where: objectId + 1
              - by: cdsxmach
                prefix: fink_
            """));

        Assert.NotEmpty(error.Mistakes);
        Assert.All(error.Mistakes, mistake => Assert.NotNull(mistake.Position));
    }

    [Fact]
    public async Task A_file_without_a_column_that_a_rule_names_is_counted_and_stops_no_other()
    {
        _night.Write("b.parquet", "SELECT 5 AS candid, 'ZTF5' AS objectId");

        var summary = await RunAsync("""
            topics:
              - name: bright
                where: magpsf < 17.5
            """);

        Assert.Equal("b.parquet", Assert.Single(summary.FailedFiles).File);
        Assert.Equal(1, summary.Matched);
        Assert.False(summary.Succeeded);
    }

    [Fact]
    public async Task A_truncated_file_is_counted_and_stops_no_other()
    {
        await File.WriteAllBytesAsync(_night.PathOf("c.parquet"), "PAR1broken"u8.ToArray(), TestContext.Current.CancellationToken);

        var summary = await RunAsync("topics: [{ name: all }]");

        Assert.Equal("c.parquet", Assert.Single(summary.FailedFiles).File);
        Assert.Equal(4, summary.Matched);
    }

    [Fact]
    public async Task Only_a_topic_that_a_rule_can_give_may_be_asked_for()
    {
        var error = await Assert.ThrowsAsync<ConfigurationException>(() => RunAsync("topics: [{ name: bright }]", "brigth"));

        Assert.Contains("bright", error.Message, StringComparison.Ordinal);
    }

    private Task<DistributionSummary> RunAsync(string yaml, params string[] only)
    {
        var rules = _night.PathOf("_rules.yaml");
        File.WriteAllText(rules, yaml);
        var options = new DistributionOptions { Rules = RulesFile.LoadYaml(rules), Source = _night.Folder, OnlyTopics = only };
        return DistributionJob.DryRunAsync(options, null, TestContext.Current.CancellationToken);
    }
}
