using System.Text;
using Fink.Distribution.Configuration;
using Fink.Distribution.Routing;

namespace Fink.Distribution.Tests.Routing;

public sealed class ClassTopicsTests
{
    private static readonly ClassTopicRule Rule = new()
    {
        Position = new FilePosition("rules.yaml", 1),
        By = "cdsxmatch",
        Prefix = "fink_",
        Suffix = "_ztf",
        Except = ["Unknown"],
    };

    [Theory]
    [InlineData("RRLyr", "fink_rrlyr_ztf")]
    [InlineData("EB*WUMa", "fink_ebwuma_ztf")]
    [InlineData("Solar System 2", "fink_solarsystem_ztf")]
    [InlineData("unknown", "fink_unknown_ztf")]
    public void A_class_gives_a_topic_by_its_letters(string value, string topic) => Assert.Equal(topic, TopicOf(value));

    [Theory]
    [InlineData("Unknown")]
    [InlineData("**")]
    [InlineData("")]
    [InlineData("µ")]
    public void A_class_that_is_excepted_or_has_no_letters_gives_none(string value) => Assert.Null(TopicOf(value));

    [Fact]
    public void Classes_with_the_same_letters_share_a_topic()
    {
        var classes = new ClassTopics(Rule, new TopicTable([]));

        Assert.Same(classes.Of("EB*"u8), classes.Of("EB"u8));
    }

    [Fact]
    public void A_topic_that_the_run_leaves_out_is_none() =>
        Assert.Null(new ClassTopics(Rule, new TopicTable(["fink_qso_ztf"])).Of("RRLyr"u8));

    private static string? TopicOf(string value) =>
        new ClassTopics(Rule, new TopicTable([])).Of(Encoding.UTF8.GetBytes(value))?.Name;
}
