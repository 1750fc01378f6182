using System.Text;
using System.Text.Json;
using Fink.Distribution.Configuration;
using Fink.ScienceDb;
using Fink.ScienceDb.Rules;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Simulation;
using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.Distribution.Tests.Configuration;

/// <summary>The files of conf/ are examples that people copy: they load, bind, and select what they say.</summary>
public sealed class ShippedConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fink-conf-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_conf_file_is_read_without_a_note_but_for_what_it_declares()
    {
        var conf = ConfFile.Load(Conf("fink.conf.distribution"), new Dictionary<string, string>());

        Assert.Empty(conf.Notes);
        Assert.Equal(conf.DistributionServers?.Text, string.Join(',', conf.BrokerAddresses.Select(broker => broker.Text)));
        var rule = Assert.Single(RulesFile.Choose(null, conf, _folder.FullName).Topics);
        Assert.Equal("fink_outstream", Assert.IsType<NamedTopicRule>(rule).Name);
        Assert.Null(rule.Where);
    }

    [Theory]
    [InlineData("distribution.yaml", Survey.Ztf)]
    [InlineData("distribution-rubin.yaml", Survey.Rubin)]
    [InlineData("distribution-rules.xml", Survey.Ztf)]
    public void The_rules_bind_against_the_survey_they_are_for_and_each_selects_some_alerts_of_a_night(string name, Survey survey)
    {
        SimulatedNight.Write(new SimulationOptions { Alerts = 1500, Survey = survey, OutputFolder = _folder.FullName },
            cancellationToken: TestContext.Current.CancellationToken);
        var file = Assert.Single(new ScienceSource(_folder.FullName).List().Files);
        var rules = Rules(name);

        var selected = Select(file, rules, survey == Survey.Ztf ? "candid" : "diaSourceId");

        Assert.All(rules.Topics.Zip(selected), rule => Assert.True(rule.Second.Count > 0, $"{rule.First.Label} selects nothing"));
    }

    [Theory]
    [InlineData("distribution.yaml", "filters-ztf.json", "redrawn/ztf-600.parquet")]
    [InlineData("distribution.yaml", "filters-ztf.json", "science/ztf-2023.parquet")]
    [InlineData("distribution.yaml", "filters-ztf.json", "science/ztf/part-00002-7f5f40cf-868c-4571-9e8f-5e2be81b02f3-c000.snappy.parquet")]
    [InlineData("distribution-rubin.yaml", "filters-rubin.json", "redrawn/rubin-600.parquet")]
    public void A_topic_that_bears_the_name_of_one_of_Finks_has_its_alerts(string name, string expectations, string location)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require($"data/expected/{expectations}")));
        var file = Assert.Single(new ScienceSource(SharedFolder.Require($"data/{location}")).List().Files);
        var rules = Rules(name);

        var selected = Select(file, rules, document.RootElement.GetProperty("id").GetString()!);

        var compared = 0;
        foreach (var (rule, ids) in rules.Topics.Zip(selected))
        {
            if (rule is NamedTopicRule named && Expected(document, named.Name, location) is { } expected)
            {
                Assert.Equal((named.Name, expected), (named.Name, Join(ids)));
                compared++;
            }
        }

        Assert.InRange(compared, rules.Topics.Count - 2, rules.Topics.Count - 1);
    }

    /// <summary>The ids that the filter of this topic selects; null where it could not be run on the file.</summary>
    private static string? Expected(JsonDocument document, string topic, string file)
    {
        var filter = document.RootElement.GetProperty("filters").EnumerateArray()
            .Single(entry => entry.TryGetProperty("topic", out var name) && name.GetString() == topic);
        var result = filter.GetProperty("results").EnumerateArray().Single(entry => entry.GetProperty("file").GetString() == file);
        return result.GetProperty("status").GetString() == "ok"
            ? Join(result.GetProperty("ids").EnumerateArray().Select(id => id.ToString()))
            : null;
    }

    private static string Join(IEnumerable<string> ids) => string.Join(' ', ids.Order(StringComparer.Ordinal));

    private static List<List<string>> Select(SourceFile file, DistributionRules rules, string id)
    {
        using var database = new ScienceDatabase(new ScienceDatabaseOptions([Path.GetDirectoryName(file.Path)!]));
        var schema = database.ReadSchema(file);
        var conditions = rules.Topics.Select(rule => new RowRule(rule.Label, rule.Where?.ToSql(schema))).ToList();
        database.CheckRules(conditions, file, schema);
        Assert.All(rules.Topics, rule => rule.Projection.ResolveIn(schema));
        var plan = new ScanPlan([], [id], conditions);
        var selected = conditions.Select(_ => new List<string>()).ToList();
        using var scan = database.Scan(file, plan);
        while (scan.MoveNext())
        {
            for (var row = 0; row < scan.Batch.RowCount; row++)
            {
                for (var rule = 0; rule < selected.Count; rule++)
                {
                    if (scan.Batch[plan.FirstRule + rule].Value<byte>(row) != 0)
                    {
                        selected[rule].Add(Encoding.UTF8.GetString(scan.Batch[plan.FirstText].Bytes(row)));
                    }
                }
            }
        }

        return selected;
    }

    private static DistributionRules Rules(string name) => name.EndsWith(".xml", StringComparison.Ordinal)
        ? RulesFile.LoadXml(Conf(name), "fink_outstream")
        : RulesFile.LoadYaml(Conf(name));

    private static string Conf(string name) => Path.Combine(Checkout.Root, "conf", name);
}
