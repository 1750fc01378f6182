using System.Globalization;
using System.Text;
using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Rules;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.ScienceDb.Tests.Scans;

public sealed class RowScanTests : IDisposable
{
    private readonly ParquetFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("x > 0 AND log10(x) >= 1", "10 100")]
    [InlineData("log10(abs(x) + 1) >= 0 AND x > 0 AND log10(x) >= 1", "10 100")]
    [InlineData("x <= 0 OR log10(x) >= 1", "-10 0 10 100")]
    [InlineData("CASE WHEN x > 0 THEN log10(x) >= 1 END", "10 100")]
    [InlineData("try(log10(x)) >= 1", "10 100")]
    [InlineData("x <> 0 AND 10 // x = 1", "10")]
    [InlineData("NOT (x > 0)", "-10 0")]
    [InlineData("x = NULL", "")]
    [InlineData("true", "-10 0 1 10 100 NULL")]
    [InlineData("x IN (1, NULL)", "1")]
    public void A_rule_means_what_it_means_in_WHERE(string where, string expected)
    {
        var path = _files.Write("x.parquet", "SELECT x, coalesce(x::VARCHAR, 'NULL') AS id FROM (VALUES (-10), (0), (1), (10), (100), (NULL)) t(x)");

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), Rows.Matching(path, "id", where)[0]);
    }

    [Fact]
    public void A_rule_that_fails_on_a_row_is_named_with_the_row_and_the_reason()
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT range AS id, 2000 - range AS x FROM range(5000)"));
        using var database = Rows.Open(file);
        var plan = new ScanPlan(["id"], [], [new RowRule("fink_fine", "x > 5"), new RowRule("fink_bad", "log10(x) > 1")]);

        var error = Assert.Throws<UnreadableFileException>(() => ReadAll(database, file, plan));

        Assert.Equal("x.parquet", error.File);
        Assert.Contains("rule of fink_bad fails on row 2000: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("logarithm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_names_a_struct_s_type_in_short()
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT 1 AS id, {'a': 1, 'b': 'x'} AS s"));
        using var database = Rows.Open(file);

        var error = Assert.Throws<UnreadableFileException>(() => ReadAll(database, file, new ScanPlan(["id"], [], [new RowRule("fink_bad", "CAST(s AS INTEGER) = 1")])));

        Assert.Contains("STRUCT(… 2 fields)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_database_goes_on_after_a_rule_failed()
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT range AS id, range - 1 AS x FROM range(10)"));
        using var database = Rows.Open(file);
        Assert.Throws<UnreadableFileException>(() => Rows.Matching(database, file, "id", null, "log10(x) > 1"));

        Assert.Equal(["9"], Rows.Matching(database, file, "id", null, "x = 8")[0]);
    }

    [Theory]
    [InlineData(0, 5000)]
    [InlineData(0, 1)]
    [InlineData(2047, 2050)]
    [InlineData(1000, 3000)]
    [InlineData(4999, 9999)]
    public void A_range_reads_its_rows_and_no_other(int first, int end)
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT range AS id FROM range(5000)", rowGroupSize: 2048));
        using var database = Rows.Open(file);

        var ids = Rows.Matching(database, file, "id", new RowRange(first, end), "true")[0];

        var expected = Enumerable.Range(first, Math.Min(end, 5000) - first).Select(id => id.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(expected, ids);
    }

    [Fact]
    public void Row_groups_come_with_their_rows_in_order()
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT range AS id FROM range(5000)", rowGroupSize: 2048));
        using var database = Rows.Open(file);

        Assert.Equal([2048, 2048, 904], database.ReadRowGroups(file));
    }

    [Fact]
    public void A_file_without_rows_has_no_row_group_and_no_batch()
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT 1 AS id LIMIT 0"));
        using var database = Rows.Open(file);

        Assert.Equal(0, database.ReadRowGroups(file).Sum());
        Assert.Empty(Rows.Matching(database, file, "id", null, "true")[0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1000)]
    public void Repeated_texts_are_read_at_every_level_of_nesting(int? first)
    {
        // Parquet keeps repeated texts in a dictionary, and DuckDB may hand them on as one.
        var file = Rows.OnlyFile(_files.Write("x.parquet", """
            SELECT range AS id, 'a class of stars ' || range % 3 AS t, {'t': t, 'u': {'t': t}} AS s, [{'t': t}, {'t': 'x'}] AS l, MAP {t: t} AS m
            FROM range(3000)
            """));
        using var database = Rows.Open(file);
        using var scan = database.Scan(
            file, new ScanPlan(["t", "s", "l", "m"], ["id"], []), first is { } start ? new RowRange(start, 3000) : null);

        var row = (long)(first ?? 0);
        while (scan.MoveNext())
        {
            for (var i = 0; i < scan.Batch.RowCount; i++, row++)
            {
                Assert.Equal(Enumerable.Repeat($"a class of stars {row % 3}", 6), TextsOf(scan.Batch, i));
            }
        }

        Assert.Equal(3000, row);
    }

    [Fact]
    public void A_file_that_breaks_in_the_middle_is_unreadable_and_says_so()
    {
        var path = _files.Write("x.parquet", "SELECT range AS id, md5(range::VARCHAR) AS t FROM range(20000)", rowGroupSize: 2048);
        using (var stream = File.OpenWrite(path))
        {
            stream.Position = stream.Length / 2;
            stream.Write(new byte[5000]);
        }

        var file = Rows.OnlyFile(path);
        using var database = Rows.Open(file);

        var error = Assert.Throws<UnreadableFileException>(() => ReadAll(database, file, new ScanPlan(["t"], [], [new RowRule("fink_a", "t <> ''")])));
        Assert.Equal("x.parquet", error.File);
        Assert.DoesNotContain("fink_a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_vanished_is_unreadable()
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT 1 AS id"));
        using var database = Rows.Open(file);
        File.Delete(file.Path);

        Assert.Throws<UnreadableFileException>(() => database.ReadSchema(file));
        Assert.Throws<UnreadableFileException>(() => database.ReadRowGroups(file));
        Assert.Throws<UnreadableFileException>(() => database.Scan(file, new ScanPlan(["id"], [], [])));
    }

    [Fact]
    public void A_file_outside_the_source_cannot_be_read()
    {
        _files.Write("science/x.parquet", "SELECT 1 AS id");
        var outside = Rows.OnlyFile(_files.Write("science2/x.parquet", "SELECT 1 AS id"));
        using var database = new ScienceDatabase(new ScienceDatabaseOptions([_files.PathOf("science")]));

        Assert.Throws<UnreadableFileException>(() => database.ReadSchema(outside));
    }

    [Fact]
    public void An_interrupted_scan_is_cancelled_not_unreadable()
    {
        var file = Rows.OnlyFile(_files.Write("x.parquet", "SELECT range AS id FROM range(200000)"));
        using var database = Rows.Open(file);
        using var scan = database.Scan(file, new ScanPlan(["id"], [], []));
        Assert.True(scan.MoveNext());

        database.Interrupt();

        Assert.Throws<OperationCanceledException>(() =>
        {
            while (scan.MoveNext())
            {
            }
        });
    }

    private static void ReadAll(ScienceDatabase database, SourceFile file, ScanPlan plan)
    {
        using var scan = database.Scan(file, plan);
        while (scan.MoveNext())
        {
        }
    }

    private static IEnumerable<string> TextsOf(ColumnBatch batch, int row)
    {
        var list = batch[2];
        var entry = list.Entry(row);
        var map = batch[3];
        var pair = map.Entry(row);
        return
        [
            Text(batch[0], row),
            Text(batch[1].StructChild(0), row),
            Text(batch[1].StructChild(1).StructChild(0), row),
            Text(list.ListChild().StructChild(0), (long)entry.Offset),
            Text(map.ListChild().StructChild(0), (long)pair.Offset),
            Text(map.ListChild().StructChild(1), (long)pair.Offset),
        ];
    }

    private static string Text(ColumnVector vector, long row) => Encoding.UTF8.GetString(vector.Bytes(row));
}
