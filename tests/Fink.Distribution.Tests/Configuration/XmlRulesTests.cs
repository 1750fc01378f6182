using Fink.Distribution.Configuration;
using Fink.Distribution.Configuration.Xml;
using Fink.ScienceDb;
using Fink.ScienceDb.Columns;

namespace Fink.Distribution.Tests.Configuration;

public sealed class XmlRulesTests
{
    private const string Example = """
        <distribution-rules>
          <select> <column name="objectId"/> <column name="candidate" subcol="ra"/> <column name="candidate" subcol="magpsf"/>
            <column name="prv_candidates"/> <column name="cdsxmatch"/> </select>
          <drop>   <column name="prv_candidates"/> </drop>
          <filter> <column name="candidate" subcol="magpsf" operator="&gt;" value="16"/>
            <column name="cdsxmatch" operator="=" value="'Star'"/> </filter>
        </distribution-rules>
        """;

    private static readonly ColumnType Text = new(ColumnKind.Text);
    private static readonly ColumnType Double = new(ColumnKind.Double);
    private static readonly ColumnType Float = new(ColumnKind.Float);

    private static readonly SourceSchema Nested = new(
        [
            new("objectId", Text),
            new("candid", new(ColumnKind.Int64)),
            new("candidate", new(ColumnKind.Struct, [new("ra", Double), new("magpsf", Float)])),
            new("prv_candidates", new(ColumnKind.List, [new("item", new(ColumnKind.Struct, [new("jd", Double)]))])),
            new("cdsxmatch", Text),
            new("is_real", new(ColumnKind.Boolean)),
        ],
        [new("night", Text)]);

    private static readonly SourceSchema Flat = new(
        [
            new("objectId", Text),
            new("candidate_ra", Double),
            new("candidate_magpsf", Float),
            new("prv_candidates_jd", Double),
            new("cdsxmatch", Text),
        ],
        []);

    [Fact]
    public void Columns_are_selected_then_dropped_then_filtered_in_a_nested_source()
    {
        var rule = Rule(Example);

        var (select, drop) = rule.Projection.ResolveIn(Nested);
        Assert.Equal(["objectId", "candidate.ra", "candidate.magpsf", "cdsxmatch"], select.Select(path => path.ToString()));
        Assert.Empty(drop);
        Assert.Equal(
            "(\"candidate\".\"magpsf\" > 16 AND NOT isnan(\"candidate\".\"magpsf\")) AND (\"cdsxmatch\" = 'Star')",
            rule.Where?.ToSql(Nested));
    }

    [Fact]
    public void A_flat_source_has_the_same_columns_under_joined_names()
    {
        var rule = Rule(Example);

        var (select, _) = rule.Projection.ResolveIn(Flat);
        Assert.Equal(["objectId", "candidate_ra", "candidate_magpsf", "cdsxmatch"], select.Select(path => path.ToString()));
        Assert.StartsWith("(\"candidate_magpsf\" > 16", rule.Where?.ToSql(Flat), StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_structure_of_a_flat_source_is_all_its_columns()
    {
        var rule = Rule("""
            <distribution-rules><select><column name="candidate"/></select><drop><column name="candidate" subcol="ra"/></drop>
            </distribution-rules>
            """);

        var (select, drop) = rule.Projection.ResolveIn(Flat);
        Assert.Equal(["candidate_ra", "candidate_magpsf"], select.Select(path => path.ToString()));
        Assert.Equal(["candidate_ra"], drop.Select(path => path.ToString()));
        Assert.Null(rule.Where);
    }

    [Fact]
    public void Dropping_what_is_not_selected_does_nothing()
    {
        var rule = Rule("""
            <distribution-rules><select><column name="objectId"/></select><drop><column name="candidate"/></drop></distribution-rules>
            """);

        Assert.Empty(rule.Projection.Drop);
    }

    [Theory]
    [InlineData("candid", "=", "697251386115015011", "(\"candid\" = 697251386115015011)")]
    [InlineData("candid", ">", "-3", "(\"candid\" > -3)")]
    [InlineData("candid", "&lt;", "1e3", "(\"candid\" < CAST('1e3' AS DOUBLE))")]
    [InlineData("objectId", "=", "'it''s'", "(\"objectId\" = 'it''s')")]
    [InlineData("objectId", "=", "'x\" OR 1=1 --'", "(\"objectId\" = 'x\" OR 1=1 --')")]
    [InlineData("objectId", "=", "''", "(\"objectId\" = '')")]
    [InlineData("OBJECTID", "=", "'a'", "(\"objectId\" = 'a')")]
    [InlineData("is_real", "=", "True", "(\"is_real\" = true)")]
    public void A_value_stays_data(string column, string operation, string value, string sql)
    {
        var rule = Rule(WithRule(column, operation, value.Replace("\"", "&quot;", StringComparison.Ordinal)));

        Assert.Equal(sql, rule.Where?.ToSql(Nested));
    }

    [Theory]
    [InlineData("Star")]
    [InlineData("16 OR 1=1")]
    [InlineData("'a' OR 'b'='b'")]
    [InlineData("'never closed")]
    [InlineData("1; DROP TABLE x")]
    [InlineData("read_text('/etc/passwd')")]
    [InlineData("0x10")]
    [InlineData("1e999")]
    [InlineData("NaN")]
    public void A_value_that_is_no_number_and_no_text_is_refused(string value) =>
        Assert.Contains("no number", Single(WithRule("objectId", "=", value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("candidate", "16", "needs a subcol")]
    [InlineData("prv_candidates", "16", "needs a subcol")]
    [InlineData("objectId", "16", "single quotes")]
    [InlineData("candid", "'16'", "without quotes")]
    [InlineData("magpsf", "16", "no column 'magpsf'; did you mean 'candidate.magpsf'?")]
    public void A_rule_that_does_not_fit_the_source_is_refused_with_its_line(string column, string value, string message)
    {
        var rule = Rule(WithRule(column, "=", value));

        var error = Assert.Throws<ConfigurationException>(() => rule.Where!.ToSql(Nested));
        var mistake = Assert.Single(error.Mistakes);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(3, mistake.Position?.Line);
    }

    [Theory]
    [InlineData("<rules/>", 1, "root element")]
    [InlineData("<distribution-rules/>", 1, "at least one column")]
    [InlineData("<distribution-rules>\n<select/>\n</distribution-rules>", 2, "at least one column")]
    [InlineData("<distribution-rules>\n<select><column name='a'/></select>\n<drops/></distribution-rules>", 3, "did you mean 'drop'")]
    [InlineData("<distribution-rules>\n<select><column name='a'/></select>\n<select/></distribution-rules>", 3, "stands twice")]
    [InlineData("<distribution-rules>\n<select><col name='a'/><column name='a'/></select></distribution-rules>", 2, "<col> is unknown")]
    [InlineData("<distribution-rules>\n<select><column/></select></distribution-rules>", 2, "lacks its attribute 'name'")]
    [InlineData("<distribution-rules>\n<select><column nam='b' name='a'/></select></distribution-rules>", 2, "no attribute 'nam'")]
    [InlineData("<distribution-rules>\n<select><column name='a' subcol=''/></select></distribution-rules>", 2, "'subcol' is empty")]
    [InlineData("<distribution-rules>\n<select><column name='a'>b</column></select></distribution-rules>", 2, "must be empty")]
    [InlineData("<distribution-rules>\n<select>text<column name='a'/></select></distribution-rules>", 2, "not text")]
    [InlineData("<distribution-rules><select><column name='a'/></select>\n<drop><column name='a'/></drop></distribution-rules>", 2, "leaves no column")]
    [InlineData("<distribution-rules>\n<select>", 2, "not valid XML")]
    [InlineData("", 1, "not valid XML")]
    public void A_mistake_is_told_with_its_line(string xml, int line, string message)
    {
        var mistake = Single(xml);

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(line, mistake.Position?.Line);
    }

    [Theory]
    [InlineData("<column name='b' operator='=' value='1'/>", "not selected")]
    [InlineData("<column name='gone' operator='=' value='1'/>", "is dropped")]
    [InlineData("<column name='part' operator='=' value='1'/>", "needs a subcol")]
    [InlineData("<column name='a' operator='==' value='1'/>", "'==' is unknown")]
    [InlineData("<column name='a' operator='LIKE' value='1'/>", "'LIKE' is unknown")]
    [InlineData("<column name='a' value='1'/>", "lacks its attribute 'operator'")]
    [InlineData("<column name='a' operator='='/>", "lacks its attribute 'value'")]
    public void A_rule_that_cannot_hold_is_refused_before_anything_is_sent(string rule, string message)
    {
        var mistake = Single($"""
            <distribution-rules>
            <select><column name="a"/><column name="gone"/><column name="part" subcol="x"/></select>
            <drop><column name="gone"/></drop>
            <filter>{rule}</filter>
            </distribution-rules>
            """);

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(4, mistake.Position?.Line);
    }

    [Theory]
    [InlineData("<!DOCTYPE r SYSTEM \"http://localhost:1/x.dtd\">")]
    [InlineData("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>")]
    public void A_DTD_is_refused(string doctype) =>
        Assert.Contains("DOCTYPE is refused", Single(doctype + Example).Message, StringComparison.Ordinal);

    private static string WithRule(string column, string operation, string value) => $"""
        <distribution-rules>
        <select><column name="{column}"/></select><filter>
        <column name="{column}" operator="{operation}" value="{value}"/>
        </filter></distribution-rules>
        """;

    private static NamedTopicRule Rule(string xml) =>
        Assert.IsType<NamedTopicRule>(Assert.Single(XmlRulesReader.Read(xml, "rules.xml", "fink_outstream").Topics));

    private static ConfigurationMistake Single(string xml) =>
        Assert.Single(Assert.Throws<ConfigurationException>(() => XmlRulesReader.Read(xml, "rules.xml", "topic")).Mistakes);
}
