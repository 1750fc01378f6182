using Fink.ScienceDb.Rules;
using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.ScienceDb.Tests.Rules;

/// <summary>What a rule may be, and what it is told when it is something else.</summary>
public sealed class RuleCheckTests : IDisposable
{
    private const string Alerts = """
        SELECT 'ZTF1' AS objectId, 'RRLyrae' AS cdsxmatch, 3 AS roid,
               {'jd': 2459000.5::DOUBLE, 'magpsf': 18.5::FLOAT, 'isdiffpos': 't'} AS candidate,
               [{'jd': 2459000.0, 'fid': 1}] AS prv_candidates, MAP {'k': 'v'} AS mangrove
        """;

    private readonly ParquetFiles _files = new();
    private readonly SourceFile _file;
    private readonly ScienceDatabase _database;

    public RuleCheckTests()
    {
        _file = Rows.OnlyFile(_files.Write("alerts.parquet", Alerts));
        _files.Write("outside/secret.parquet", "SELECT 1 AS a");
        File.WriteAllText(_files.PathOf("secret.txt"), "secret");
        _database = Rows.Open(_file);
    }

    public void Dispose()
    {
        _database.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("cdsxmatch = 'RRLyrae'")]
    [InlineData("CDSXMATCH = 'RRLyrae' -- their class")]
    [InlineData("candidate.magpsf < 19 AND candidate.isdiffpos IN ('t', '1')")]
    [InlineData("candidate['magpsf'] < 19")]
    [InlineData("len([p.fid FOR p IN prv_candidates IF p.jd < candidate.jd]) = 1")]
    [InlineData("len(list_filter(prv_candidates, lambda p, i: p.jd < candidate.jd AND i > 0)) = 1")]
    [InlineData("list_reduce([q.jd FOR q IN prv_candidates], lambda a, b: a + b) > 0")]
    [InlineData("mangrove['k'] = 'v'")]
    [InlineData("CASE WHEN roid > 0 THEN log10(roid) > 1 END")]
    [InlineData("objectId LIKE 'ZTF%' /* a /* nested */ comment */")]
    [InlineData("candidate.jd < julian(now() AT TIME ZONE 'UTC') + 1e6")]
    [InlineData("roid = NULL")]
    [InlineData("candidate <> NULL")]
    [InlineData("[roid, 1] = [3, 1]")]
    [InlineData("roid = '3'")]
    [InlineData("cdsxmatch IS NOT DISTINCT FROM NULL")]
    [InlineData("cdsxmatch IN (NULL, 'a''b')")]
    [InlineData("TRY_CAST(cdsxmatch AS INTEGER) = 5")]
    [InlineData("coalesce(candidate.\"isdiffpos\", cdsxmatch) BETWEEN 'a' AND 'b'")]
    [InlineData("DATE '2026-01-31' < '2026-02-01'")]
    [InlineData("true")]
    public void A_condition_over_the_row_is_accepted(string where) => Check(where);

    [Theory]
    [InlineData("cdsxmach = 'RRLyrae'", "no column cdsxmach in alerts.parquet; near: cdsxmatch")]
    [InlineData("magpsf < 19", "no column magpsf in alerts.parquet; near: candidate.magpsf")]
    [InlineData("candidate.magpfs < 19", "no column candidate.magpfs in alerts.parquet; near: candidate.magpsf")]
    [InlineData("cdsxmatch = \"RRLyrae\"", "no column RRLyrae")]
    [InlineData("prv_candidates.jd > 1", "prv_candidates is a list in alerts.parquet; reach into its items by [x.jd FOR x IN prv_candidates]")]
    [InlineData("mangrove.k = 'v'", "mangrove is a map in alerts.parquet; take a value by mangrove['key']")]
    [InlineData("len([x.jd FOR x IN prv_candidatse]) > 1", "no column prv_candidatse in alerts.parquet; near: prv_candidates")]
    public void An_unknown_column_is_named_with_near_ones(string where, string expected) =>
        Assert.Contains(expected, Refused(where), StringComparison.Ordinal);

    [Theory]
    [InlineData("candidate.jd", "is of type Double, not a condition")]
    [InlineData("cdsxmatch", "is of type Text, not a condition")]
    [InlineData("roid", "is of type Int32, not a condition")]
    [InlineData("candidate", "is of type Struct, not a condition")]
    [InlineData("NULL", "not a condition")]
    [InlineData("cdsxmatch = 'a' AND", "is not SQL")]
    [InlineData("", "is not SQL")]
    [InlineData("   ", "is not SQL")]
    [InlineData("cdsxmatch == 'unclosed", "is not SQL")]
    [InlineData("nosuchfunction(roid) = 1", "nosuchfunction")]
    [InlineData("starts_with(roid, 'a')", "starts_with")]
    [InlineData("count(*) > 1", "")]
    [InlineData("sum(roid) > 1", "WHERE clause cannot contain aggregates")]
    [InlineData("row_number() OVER () > 1", "a window function")]
    [InlineData("unnest([1, 2]) = 1", "UNNEST not supported here")]
    public void What_is_no_condition_is_refused(string where, string expected) =>
        Assert.Contains(expected, Refused(where), StringComparison.Ordinal);

    [Theory]
    [InlineData("cdsxmatch = 5", "cdsxmatch (VARCHAR) is compared with 5 (INTEGER): write '5' for a text, or TRY_CAST(cdsxmatch AS INTEGER)")]
    [InlineData("roid > 1 AND 5.5 < cdsxmatch", "cdsxmatch (VARCHAR) is compared with 5.5 (DECIMAL(2,1))")]
    [InlineData("cdsxmatch IN ('a', 5)", "cdsxmatch (VARCHAR) is compared with 5 (INTEGER)")]
    [InlineData("cdsxmatch NOT IN (1, 2)", "cdsxmatch (VARCHAR) is compared with 1 (INTEGER)")]
    [InlineData("cdsxmatch BETWEEN 1 AND 2", "cdsxmatch (VARCHAR) is compared with 1 (INTEGER)")]
    [InlineData("cdsxmatch IS DISTINCT FROM roid", "cdsxmatch (VARCHAR) is compared with roid (INTEGER): write TRY_CAST")]
    [InlineData("NOT (lower(candidate.isdiffpos) = 1 OR true)", "lower(candidate.isdiffpos) (VARCHAR) is compared with 1 (INTEGER)")]
    [InlineData("roid = 'three'", "roid (INTEGER) is compared with the text 'three', which is no INTEGER")]
    [InlineData("candidate.jd > 'yesterday'", "candidate.jd (DOUBLE) is compared with the text 'yesterday', which is no DOUBLE")]
    public void A_text_is_not_compared_with_something_else(string where, string expected) =>
        Assert.Contains(expected, Refused(where), StringComparison.Ordinal);

    [Theory]
    [InlineData("candidate = 3", "candidate (STRUCT(… 3 fields)) is compared with 3 (INTEGER): compare a field or an item of candidate")]
    [InlineData("3 <> candidate", "3 (INTEGER) is compared with candidate (STRUCT(… 3 fields))")]
    [InlineData("candidate IN (1, 2)", "candidate (STRUCT(… 3 fields)) is compared with 1 (INTEGER)")]
    [InlineData("prv_candidates = 1", "prv_candidates")]
    [InlineData("mangrove = 1", "mangrove")]
    [InlineData("mangrove = roid", "mangrove")]
    public void A_struct_a_list_or_a_map_is_not_compared_with_a_plain_value(string where, string expected) =>
        Assert.Contains(expected, Refused(where), StringComparison.Ordinal);

    [Theory]
    [InlineData("candidate > 5", "STRUCT(… 3 fields)")]
    [InlineData("abs(candidate) > 5", "STRUCT(… 3 fields)")]
    [InlineData("prv_candidates > candidate", "STRUCT(… 2 fields)[]")]
    public void A_struct_is_named_without_its_fields(string where, string expected)
    {
        var message = Refused(where);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("magpsf", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true; DROP TABLE x")]
    [InlineData("true; SELECT 1")]
    [InlineData("true) OR (1 = 1")]
    [InlineData("true /*")]
    [InlineData("true FROM read_text('/etc/passwd')")]
    [InlineData("true UNION SELECT true")]
    [InlineData("true LIMIT 1")]
    [InlineData("true ORDER BY 1")]
    [InlineData("true USING SAMPLE 1%")]
    [InlineData("true GROUP BY ALL")]
    [InlineData("DISTINCT true")]
    [InlineData("true, false")]
    [InlineData("true AS matches")]
    [InlineData("true WHERE true")]
    [InlineData("true QUALIFY true")]
    public void A_rule_is_one_expression(string where) => Refused(where);

    [Theory]
    [InlineData("(SELECT count(*) FROM read_csv('/etc/passwd')) > 0", "a subquery")]
    [InlineData("EXISTS (FROM read_text('secret.txt'))", "a subquery")]
    [InlineData("roid IN (SELECT a FROM 'outside/secret.parquet')", "a subquery")]
    [InlineData("roid IN (FROM glob('/etc/*'))", "a subquery")]
    [InlineData("len(array(SELECT 1)) > 0", "a subquery")]
    [InlineData("getenv('HOME') <> ''", "the function getenv")]
    [InlineData("current_setting('threads') = '1'", "the function current_setting")]
    [InlineData("getvariable('x') IS NULL", "the function getvariable")]
    [InlineData("nextval('s') > 0", "the function nextval")]
    [InlineData("random() < 0.5", "the function random")]
    [InlineData("write_log('x') IS NULL", "the function write_log")]
    [InlineData("sleep_ms(1000) IS NULL", "the function sleep_ms")]
    [InlineData("main.current_setting('threads') = '1'", "the function current_setting")]
    [InlineData("\"CURRENT_SETTING\"('threads') = '1'", "the function current_setting")]
    [InlineData("version() <> ''", "the function version")]
    [InlineData("has_table_privilege('t', 'SELECT')", "the function has_table_privilege")]
    [InlineData("current_user = 'duckdb'", "no column current_user")]
    [InlineData("filename LIKE '%'", "no column filename")]
    [InlineData("file_row_number > 0", "no column file_row_number")]
    [InlineData("alert IS NOT NULL", "no column alert")]
    [InlineData("alert.roid = 3", "no column alert.roid")]
    [InlineData("COLUMNS('r.*') > 1", "a star")]
    [InlineData("* IS NOT NULL", "")]
    [InlineData("? = 1", "a parameter")]
    [InlineData("$1 = 1", "a parameter")]
    [InlineData("query('SELECT 1') IS NULL", "query")]
    [InlineData("read_text('/etc/passwd') IS NULL", "read_text")]
    public void A_rule_sees_the_row_and_nothing_else(string where, string expected) =>
        Assert.Contains(expected, Refused(where), StringComparison.Ordinal);

    [Fact]
    public void A_rule_is_checked_without_being_run()
    {
        Check("log10(-roid) > 1");
        Check("CAST(cdsxmatch AS INTEGER) = 1");
    }

    [Fact]
    public void The_type_of_a_rule_is_checked_on_an_empty_file_too()
    {
        var file = Rows.OnlyFile(_files.Write("empty.parquet", $"FROM ({Alerts}) LIMIT 0"));

        Assert.Throws<RuleException>(() => _database.CheckRules([new RowRule("t", "roid")], file, _database.ReadSchema(file)));
    }

    [Fact]
    public void A_chain_of_hundreds_of_terms_is_a_rule() =>
        Check(string.Join(" OR ", Enumerable.Range(0, 400).Select(i => $"roid = {i}")));

    [Fact]
    public void A_rule_nested_beyond_sense_is_refused_and_stops_nothing()
    {
        Refused(string.Concat(Enumerable.Repeat("NOT ", 900)) + "true");
        Check("true");
    }

    private void Check(string where) => _database.CheckRules([new RowRule("fink_test_ztf", where)], _file, _database.ReadSchema(_file));

    private string Refused(string where)
    {
        var error = Assert.Throws<RuleException>(() => Check(where));
        Assert.Equal("fink_test_ztf", error.Rule);
        Assert.DoesNotContain('\n', error.Reason);
        return error.Message;
    }
}
