using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.ScienceDb.Tests.Sources;

public sealed class SparkMetadataLogTests : IDisposable
{
    private readonly ParquetFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Only_files_that_Spark_committed_count()
    {
        Write("science/part-1.parquet", "science/part-2.parquet", "science/part-of-a-failed-task.parquet");
        Log("science", "0", Add("science/part-1.parquet"));
        Log("science", "1", Add("science/part-2.parquet"));

        Assert.Equal(["part-1.parquet", "part-2.parquet"], Names("science"));
    }

    [Fact]
    public void A_compaction_holds_all_before_it()
    {
        Write("science/a.parquet", "science/b.parquet", "science/c.parquet", "science/gone.parquet");
        Log("science", "0", Add("science/gone.parquet"));
        Log("science", "9.compact", Add("science/a.parquet"), Add("science/b.parquet"));
        Log("science", "10", Add("science/c.parquet"));

        Assert.Equal(["a.parquet", "b.parquet", "c.parquet"], Names("science"));
    }

    [Fact]
    public void A_deleted_file_no_longer_counts()
    {
        Write("science/a.parquet", "science/b.parquet");
        Log("science", "0", Add("science/a.parquet"), Add("science/b.parquet"));
        Log("science", "1", Add("science/a.parquet").Replace("add", "delete", StringComparison.Ordinal));

        Assert.Equal(["b.parquet"], Names("science"));
    }

    [Fact]
    public void The_folder_may_have_moved_since_Spark_wrote()
    {
        Write("restored/year=2024/month=2/a.parquet");
        Log("restored", "0", """{"path":"hdfs://node:8020/user/fink/science/year=2024/month=2/a.parquet","action":"add"}""");

        Assert.Equal(["year=2024/month=2/a.parquet"], Names("restored"));
    }

    [Fact]
    public void Names_in_the_log_are_escaped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        Write("science/class=EB*WUMa 1/a.parquet");
        Log("science", "0", """{"path":"file:///data/science/class=EB*WUMa%201/a.parquet","action":"add"}""");

        Assert.Equal(["class=EB*WUMa 1/a.parquet"], Names("science"));
    }

    [Fact]
    public void A_committed_file_that_is_gone_is_reported()
    {
        Write("science/a.parquet");
        Log("science", "0", Add("science/a.parquet"), Add("science/night/b.parquet"));

        var listing = new ScienceSource(_files.PathOf("science")).List();

        Assert.Single(listing.Files);
        Assert.Equal("night/b.parquet", Assert.Single(listing.Unreadable).File);
    }

    [Fact]
    public void A_log_holds_for_its_folder_below_the_source()
    {
        Write("online/science/a.parquet", "online/science/failed.parquet", "online/other/b.parquet");
        Log("online/science", "0", Add("online/science/a.parquet"));

        Assert.Equal(["other/b.parquet", "science/a.parquet"], Names("online"));
        Assert.Equal(["science/a.parquet"], Names("online/science/*.parquet").Select(name => "science/" + name));
    }

    [Fact]
    public void A_log_holds_for_one_partition_of_its_folder()
    {
        Write("science/year=2024/a.parquet", "science/year=2024/failed.parquet", "science/year=2025/b.parquet");
        Log("science", "0", Add("science/year=2024/a.parquet"), Add("science/year=2025/b.parquet"));

        Assert.Equal(["a.parquet"], Names("science/year=2024"));
    }

    [Theory]
    [InlineData("v9\n", "should begin with v1")]
    [InlineData("v1\n{\"path\":", "is not understood")]
    [InlineData("v1\n{\"action\":\"add\"}", "is not understood")]
    public void A_log_that_is_not_Sparks_is_an_error(string log, string reason)
    {
        Write("science/a.parquet");
        Directory.CreateDirectory(_files.PathOf("science/_spark_metadata"));
        File.WriteAllText(_files.PathOf("science/_spark_metadata/0"), log);

        var error = Assert.Throws<ScienceDbException>(() => Names("science").ToList());

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            _files.Write(name, "SELECT 1 AS a");
        }
    }

    private void Log(string folder, string batch, params string[] lines)
    {
        Directory.CreateDirectory(_files.PathOf($"{folder}/_spark_metadata"));
        File.WriteAllText(_files.PathOf($"{folder}/_spark_metadata/{batch}"), $"v1\n{string.Join('\n', lines)}");
    }

    private string Add(string name) =>
        $$"""{"path":"file://{{_files.PathOf(name)}}","size":1,"isDir":false,"modificationTime":1,"blockReplication":1,"blockSize":1,"action":"add"}""";

    private IEnumerable<string> Names(string location) => new ScienceSource(_files.PathOf(location)).List().Files.Select(file => file.Name);
}
