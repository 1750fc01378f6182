using System.Globalization;
using Fink.Slack.Alerts;

namespace Fink.Slack.Tests.Alerts;

public sealed class AlertDigestTests
{
    private static readonly AlertColumns Columns = new("objectId", "ra", "dec", "cdsxmatch");

    [Theory]
    [InlineData("RRLyr", "rrlyr")]
    [InlineData("EB*WUMa", "ebwuma")]
    [InlineData("Candidate_RRLyr", "candidaterrlyr")]
    [InlineData("SN candidate 1a", "sncandidatea")]
    [InlineData("Étoile", "toile")]
    public void A_classs_letters_name_its_channel(string name, string channel) =>
        Assert.Equal(channel, Assert.Single(Digest(Row(1, name)).Messages()).Channel);

    [Theory]
    [InlineData("Unknown")]
    [InlineData("**")]
    [InlineData("")]
    [InlineData(null)]
    public void An_alert_without_a_class_is_passed_over_and_counted(string? name)
    {
        var digest = Digest(Row(1, name));

        Assert.Empty(digest.Messages());
        Assert.Equal((1, 1), (digest.Alerts, digest.Skipped));
    }

    [Fact]
    public void Two_digests_are_one_with_the_first_ones_rows_before()
    {
        var digest = Digest([.. Enumerable.Range(0, 15).Select(i => Row(i, "RRLyr")), Row(90, "Unknown")]);
        digest.Add(Digest([Row(20, "QSO"), .. Enumerable.Range(30, 15).Select(i => Row(i, "RRLyr")), Row(91, "Unknown")]));

        var messages = digest.Messages();
        var lines = messages[0].Texts.Single().Split('\n').Where(line => line.StartsWith("|ZTF", StringComparison.Ordinal)).ToList();
        Assert.Equal([("RRLyr", 30), ("QSO", 1)], messages.Select(message => (message.Class, message.Alerts)));
        Assert.Equal(20, lines.Count);
        Assert.Contains("ZTF034", lines[^1], StringComparison.Ordinal);
        Assert.Equal((33, 2), (digest.Alerts, digest.Skipped));
    }

    [Fact]
    public void A_table_has_twenty_rows_and_says_how_many_more_there_are()
    {
        var message = Assert.Single(Digest([.. Enumerable.Range(0, 137).Select(i => Row(i, "RRLyr"))]).Messages());

        var lines = Assert.Single(message.Texts).Split('\n');
        Assert.Equal(20, lines.Count(line => line.StartsWith("|ZTF", StringComparison.Ordinal)));
        Assert.Equal(("```", "and 117 more RRLyr"), (lines[^2], lines[^1]));
        Assert.Equal(137, message.Alerts);
    }

    [Fact]
    public void A_table_that_is_longer_than_Slack_takes_is_cut_between_rows_each_part_with_its_headings()
    {
        var name = "Very" + new string('<', 95);
        var texts = Assert.Single(Digest([.. Enumerable.Range(0, 20).Select(i => Row(i, name))]).Messages()).Texts;

        Assert.True(texts.Count > 1);
        Assert.All(texts, text => Assert.InRange(text.Length, 1, 4000));
        Assert.All(texts, text => Assert.Contains("|objectId", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.Equal(2, text.Split("```").Length - 1));
        Assert.Equal(20, texts.Sum(text => text.Split("|ZTF").Length - 1));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('<')]
    public void A_class_of_any_length_is_named_in_messages_that_Slack_takes(char letter)
    {
        var name = "Long" + new string(letter, 5000);
        var texts = Assert.Single(Digest([.. Enumerable.Range(0, 25).Select(i => Row(i, name))]).Messages()).Texts;

        Assert.All(texts, text => Assert.InRange(text.Length, 1, 4000));
        Assert.Contains("and 5 more Long", texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_an_alert_is_no_markup_and_does_not_break_the_table()
    {
        var text = Assert.Single(Assert.Single(Digest(new AlertRow(Columns, ["<!channel>```\n&", "1", "2", "Hostile"])).Messages()).Texts);

        Assert.Equal(2, text.Split("```").Length - 1);
        Assert.Contains("|&lt;!channel&gt;''' &amp;|1 |2  |Hostile  |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_missing_is_null_and_a_long_one_is_shortened()
    {
        var text = Assert.Single(Assert.Single(Digest(new AlertRow(Columns, [new string('z', 5000), null, "2", "Star"])).Messages()).Texts);

        Assert.Contains($"|{new string('z', 99)}…|null|2  |Star     |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_class_has_a_table_in_the_order_in_which_they_come_and_so_has_each_kind_of_columns()
    {
        var rubin = new AlertColumns("diaObject.diaObjectId", "diaSource.ra", "diaSource.dec", "xm.simbad_otype");

        var messages = Digest(Row(1, "Star"), Row(2, "QSO"), Row(3, "Star"), new AlertRow(rubin, ["1", "2", "3", "Star"])).Messages();

        Assert.Equal([("star", 2), ("qso", 1), ("star", 1)], messages.Select(message => (message.Channel, message.Alerts)));
    }

    private static AlertDigest Digest(params AlertRow[] rows)
    {
        var digest = new AlertDigest();
        rows.ToList().ForEach(digest.Add);
        return digest;
    }

    private static AlertRow Row(int i, string? name) =>
        new(Columns, [string.Create(CultureInfo.InvariantCulture, $"ZTF{i:000}"), "1.5", "-2.5", name]);
}
