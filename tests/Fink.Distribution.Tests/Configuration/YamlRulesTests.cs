using Fink.Distribution.Configuration;
using Fink.Distribution.Configuration.Yaml;
using FsCheck.Xunit;

namespace Fink.Distribution.Tests.Configuration;

public sealed class YamlRulesTests
{
    [Fact]
    public void Every_key_of_the_schema_is_read()
    {
        var rules = Read("""
            source: online/science
            partition-by: diaObject.diaObjectId
            key: version
            schema-version: "4.0_8.6.0"
            partitions: 4
            replication-factor: 2
            retention: 7d
            max-message-bytes: 10MB
            compression: zstd
            wire: ocf
            schema-id: 3
            topics:
              - name: fink_rrlyr_ztf
                where: cdsxmatch = 'RRLyrae'
                drop: [cutoutTemplate, candidate.jd]
                partitions: 10
                retention: forever
                wire: confluent
                schema-id: 7
              - by: cdsxmatch
                prefix: fink_2_
                suffix: _ztf
                except: [Unknown, Fail 504]
                select: objectId
            """);

        Assert.Equal("online/science", rules.Source);
        Assert.Equal("diaObject.diaObjectId", rules.PartitionBy);
        Assert.Equal(KeyFormat.Version, rules.Key);
        Assert.Equal("4.0_8.6.0", rules.SchemaVersion);
        var named = Assert.IsType<NamedTopicRule>(rules.Topics[0]);
        Assert.Equal("fink_rrlyr_ztf", named.Name);
        Assert.Equal(13, named.Position.Line);
        Assert.Equal("cdsxmatch = 'RRLyrae'", Assert.IsType<SqlCondition>(named.Where).Sql);
        Assert.Equal(["cutoutTemplate", "candidate.jd"], named.Projection.Drop.Select(column => column.ToString()));
        Assert.Equal(
            new TopicSettings
            {
                Partitions = 10,
                ReplicationFactor = 2,
                Retention = Timeout.InfiniteTimeSpan,
                MaxMessageBytes = 10_000_000,
                Compression = "zstd",
                Wire = WireForm.Confluent,
                SchemaId = 7,
            },
            named.Settings);
        var byClass = Assert.IsType<ClassTopicRule>(rules.Topics[1]);
        Assert.Equal(("cdsxmatch", "fink_2_", "_ztf"), (byClass.By, byClass.Prefix, byClass.Suffix));
        Assert.Equal(["Unknown", "Fail 504"], byClass.Except);
        Assert.Equal(["objectId"], byClass.Projection.Select.Select(column => column.ToString()));
        Assert.Equal((TimeSpan.FromDays(7), WireForm.Ocf), (byClass.Settings.Retention!.Value, byClass.Settings.Wire!.Value));
        Assert.Null(byClass.Where);
    }

    [Fact]
    public void Topics_that_no_class_can_share_may_have_different_wire_forms()
    {
        var rules = Read("""
            topics:
              - { name: fink_all, wire: ocf }
              - { by: c, prefix: fink_, suffix: _ztf, wire: confluent }
              - { by: c, prefix: fink_2_, suffix: _ztf }
            """);

        Assert.Equal([WireForm.Ocf, WireForm.Confluent, null], rules.Topics.Select(rule => rule.Settings.Wire));
    }

    [Fact]
    public void What_is_left_out_has_the_default()
    {
        var rules = Read("topics: [{name: all}]");

        Assert.Equal((null, null, KeyFormat.Schema, null), (rules.Source, rules.PartitionBy, rules.Key, rules.SchemaVersion));
        Assert.Equal(new TopicSettings(), rules.Topics[0].Settings);
        Assert.Same(Projection.Everything.Select, Projection.Everything.Select);
        Assert.Empty(rules.Topics[0].Projection.Drop);
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("# only a comment\n", 1, "empty")]
    [InlineData("~", 1, "empty")]
    [InlineData("- name: a", 1, "not a list")]
    [InlineData("just text", 1, "keys with values")]
    [InlineData("source: x", 1, "'topics' is missing")]
    [InlineData("topics:", 1, "'topics' is empty")]
    [InlineData("topics: []", 1, "'topics' is empty")]
    [InlineData("topics: {name: a}", 1, "must be a list")]
    [InlineData("topics: [a]", 1, "a topic must be keys")]
    [InlineData("topcs: []\ntopics: [{name: a}]", 1, "unknown key 'topcs' in the file; did you mean 'topics'")]
    [InlineData("partition_by: x\ntopics: [{name: a}]", 1, "did you mean 'partition-by'")]
    [InlineData("topics: [{name: a}]\nwhere: x", 2, "belongs to an entry of 'topics'")]
    [InlineData("topics:\n  - name: a\n    source: x", 3, "belongs at the top")]
    [InlineData("topics:\n  - name: a\n    were: x", 3, "did you mean 'where'")]
    [InlineData("source: a\nsource: b\ntopics: [{name: a}]", 2, "'source' stands twice in the file; the first is on line 1")]
    [InlineData("topics:\n  - name: a\n    name: b", 3, "'name' stands twice")]
    [InlineData("topics:\n  - where: x", 2, "needs 'name'")]
    [InlineData("topics:\n  - name: a\n    by: b", 2, "not both")]
    [InlineData("topics:\n  - name: a\n  - name: b\n  - name: a", 4, "the topic 'a' stands twice; the first is on line 2")]
    [InlineData("topics:\n  - name: a b", 2, "' '")]
    [InlineData("topics:\n  - name: fink/x", 2, "'/'")]
    [InlineData("topics:\n  - name: ..", 2, "no topic name")]
    [InlineData("topics:\n  - name: fink-work-x", 2, "kept for")]
    [InlineData("topics:\n  - name: __consumer_offsets", 2, "kept for")]
    [InlineData("topics:\n  - name: [a]", 2, "must be one value, not a list")]
    [InlineData("topics:\n  - name: ''", 2, "is empty")]
    [InlineData("topics:\n  - by: c\n    prefix: 'fink '", 3, "' '")]
    [InlineData("topics:\n  - by: c..d", 2, "is no column")]
    [InlineData("topics:\n  - name: a\n    except: [b]", 3, "'except' goes with 'by'")]
    [InlineData("topics:\n  - name: a\n    prefix: b", 3, "'prefix' goes with 'by'")]
    [InlineData("topics:\n  - name: a\n    where:", 3, "'where' is empty")]
    [InlineData("topics:\n  - name: a\n    where: [x]", 3, "must be one value")]
    [InlineData("topics:\n  - name: a\n    drop: []", 3, "names no column")]
    [InlineData("topics:\n  - name: a\n    drop: [b, b]", 3, "twice")]
    [InlineData("topics:\n  - name: a\n    drop: [{b: c}]", 3, "an entry of 'drop' must be one value, not a mapping")]
    [InlineData("topics:\n  - name: a\n    select: [b]\n    drop: [c]", 4, "'drop' names 'c', which 'select' does not take")]
    [InlineData("topics:\n  - name: a\n    select: [b]\n    drop: [B]", 4, "both selected and dropped")]
    [InlineData("key: avro\ntopics: [{name: a}]", 1, "schema, version or none")]
    [InlineData("partitions: 0\ntopics: [{name: a}]", 1, "whole number from 1")]
    [InlineData("partitions: many\ntopics: [{name: a}]", 1, "whole number from 1")]
    [InlineData("replication-factor: 40000\ntopics: [{name: a}]", 1, "whole number from 1 to 32767")]
    [InlineData("retention: 7\ntopics: [{name: a}]", 1, "with a unit")]
    [InlineData("retention: 7 days\ntopics: [{name: a}]", 1, "with a unit")]
    [InlineData("retention: -1d\ntopics: [{name: a}]", 1, "with a unit")]
    [InlineData("retention: 9999999999999d\ntopics: [{name: a}]", 1, "with a unit")]
    [InlineData("max-message-bytes: 10XB\ntopics: [{name: a}]", 1, "number of bytes")]
    [InlineData("max-message-bytes: 3GB\ntopics: [{name: a}]", 1, "number of bytes")]
    [InlineData("max-message-bytes: 1.5MB\ntopics: [{name: a}]", 1, "number of bytes")]
    [InlineData("wire: confluant\ntopics: [{name: a}]", 1, "one of bare, confluent, ocf; did you mean 'confluent'?")]
    [InlineData("topics:\n  - name: a\n    wire: Ocf", 3, "did you mean 'ocf'?")]
    [InlineData("wire: confluent\nschema-id: 0\ntopics: [{name: a}]", 2, "whole number from 1 to 2147483647")]
    [InlineData("topics:\n  - name: a\n    wire: ocf\n    schema-id: 7", 4, "'schema-id' goes with 'wire: confluent'")]
    [InlineData("topics:\n  - name: fink_sn_ztf\n    wire: ocf\n  - by: c\n    prefix: fink_\n    suffix: _ztf", 4, "'by c' and 'fink_sn_ztf' on line 2 can give the same topic")]
    [InlineData("topics:\n  - by: c\n    prefix: fink_\n  - by: d\n    prefix: fink_x\n    wire: confluent", 4, "can give the same topic")]
    [InlineData("compression: bzip2\ntopics: [{name: a}]", 1, "one of none, gzip")]
    [InlineData("topics: [{name: a}", 2, "not valid YAML")]
    [InlineData("topics:\n\t- name: a", 2, "indented by a tab")]
    [InlineData("topics: [{name: *x}]", 1, "has no anchor")]
    [InlineData("topics: [{name: a}]\n---\ntopics: []", 2, "second YAML document")]
    [InlineData("[a]: b\ntopics: [{name: a}]", 1, "a key must be a name")]
    public void A_mistake_is_told_with_its_line(string yaml, int line, string message)
    {
        var error = Assert.Throws<ConfigurationException>(() => Read(yaml));

        var mistake = Assert.Single(error.Mistakes);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(line, mistake.Position?.Line);
        Assert.True(mistake.Position?.Column > 0 || yaml.Length < 30);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var error = Assert.Throws<ConfigurationException>(() => Read("""
            sorce: x
            key: avro
            topics:
              - name: a b
                retention: 7
              - by: c
                name: d
                colour: blue
            compression: none
            partitions: -4
            """));

        Assert.Equal([1, 2, 4, 5, 6, 8, 10], error.Mistakes.Select(mistake => mistake.Position!.Value.Line));
        Assert.StartsWith("rules.yaml:1:1: unknown key 'sorce'", error.Message, StringComparison.Ordinal);
        Assert.Equal(new FilePosition("rules.yaml", 4, 11), error.Mistakes[2].Position);
    }

    [Fact]
    public void The_longest_name_that_Kafka_takes_is_taken_and_no_longer_one()
    {
        Assert.Single(Read($"topics: [{{name: {new string('a', 249)}}}]").Topics);
        Assert.Throws<ConfigurationException>(() => Read($"topics: [{{name: {new string('a', 250)}}}]"));
    }

    [Fact]
    public void An_anchor_serves_several_topics()
    {
        var rules = Read("topics:\n  - {name: a, drop: &cut [x, y]}\n  - {name: b, drop: *cut}");

        Assert.Equal(2, rules.Topics[1].Projection.Drop.Count);
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("90m", 5_400_000)]
    [InlineData("12h", 43_200_000)]
    [InlineData("2w", 1_209_600_000)]
    public void A_retention_has_a_unit(string text, long milliseconds)
    {
        var rules = Read($"retention: {text}\ntopics: [{{name: a}}]");

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), rules.Topics[0].Settings.Retention);
    }

    [Theory]
    [InlineData("1048588", 1_048_588)]
    [InlineData("500kB", 500_000)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("10 MiB", 10_485_760)]
    [InlineData("1GiB", 1_073_741_824)]
    public void A_size_is_in_bytes_or_has_a_unit(string text, int bytes)
    {
        var rules = Read($"max-message-bytes: {text}\ntopics: [{{name: a}}]");

        Assert.Equal(bytes, rules.Topics[0].Settings.MaxMessageBytes);
    }

    [Property(MaxTest = 3000)]
    public void Any_text_is_read_or_refused_by_the_typed_error(string? text) => ReadOrRefuse(text ?? "");

    [Property(MaxTest = 3000)]
    public void Any_mix_of_what_YAML_knows_is_read_or_refused_by_the_typed_error(byte[] choices)
    {
        string[] pieces =
        [
            "topics", ":", " ", "\n", "- ", "  ", "name: ", "by: ", "a", "[", "]", "{", "}", ",", "&x ", "*x", "'", "\"", "#", "|", ">",
            "---", "!!str ", "? ", "drop: ", "topics:\n", "  - name: a\n", "    where: ", "%", "~", "<<: ",
        ];

        ReadOrRefuse(string.Concat(choices.Select(choice => pieces[choice % pieces.Length])));
    }

    [Fact]
    public void Deep_nesting_is_refused_before_the_stack_ends() =>
        Assert.Throws<ConfigurationException>(() => Read(new string('[', 100_000)));

    private static void ReadOrRefuse(string text)
    {
        try
        {
            Assert.NotEmpty(Read(text).Topics);
        }
        catch (ConfigurationException e)
        {
            Assert.NotEmpty(e.Mistakes);
        }
    }

    private static DistributionRules Read(string yaml) => YamlRulesReader.Read(yaml, "rules.yaml");
}
