using Fink.ScienceDb.Columns;
using Fink.ScienceDb.Scans;
using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.ScienceDb.Tests.Sources;

public sealed class HiveFolderTests : IDisposable
{
    private readonly ParquetFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("year = 2024", true)]
    [InlineData("year + 1 = 2025", true)]
    [InlineData("month = 2", true)]
    [InlineData("month = '02'", true)]
    [InlineData("night >= DATE '2024-02-01'", true)]
    [InlineData("class = 'EB*/WUMa'", true)]
    [InlineData("nothing IS NULL", true)]
    [InlineData("year = 2023", false)]
    public void Rules_see_the_folders_values(string where, bool matches)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        _files.Write("year=2024/month=02/night=2024-02-17/class=EB*%2FWUMa/nothing=__HIVE_DEFAULT_PARTITION__/a.parquet", "SELECT 7 AS id");
        var file = Assert.Single(new ScienceSource(_files.Folder).List().Files);
        using var database = Rows.Open(file);

        var matching = Rows.Matching(database, file, "id", null, where)[0];

        Assert.Equal(matches ? ["7"] : [], matching);
    }

    [Fact]
    public void Folders_are_kept_apart_from_the_files_columns()
    {
        _files.Write("year=2024/a.parquet", "SELECT 7 AS id");
        var file = Assert.Single(new ScienceSource(_files.Folder).List().Files);
        using var database = Rows.Open(file);

        var schema = database.ReadSchema(file);

        Assert.Equal(["id"], schema.Columns.Select(column => column.Name));
        Assert.Equal(new ColumnField("year", new ColumnType(ColumnKind.Int64)), Assert.Single(schema.HiveColumns));
    }

    [Fact]
    public void The_files_own_column_wins_over_a_folder_of_its_name()
    {
        _files.Write("Year=2024/a.parquet", "SELECT 'twenty' AS year, 7 AS id");
        var file = Assert.Single(new ScienceSource(_files.Folder).List().Files);
        using var database = Rows.Open(file);

        var schema = database.ReadSchema(file);
        using var scan = database.Scan(file, new ScanPlan(["year", "id"], [], []));

        Assert.Empty(schema.HiveColumns);
        Assert.Equal(schema.Columns, scan.Batch.Columns);
        Assert.True(scan.MoveNext());
        Assert.Equal("twenty"u8, scan.Batch[0].Bytes(0));
    }
}
