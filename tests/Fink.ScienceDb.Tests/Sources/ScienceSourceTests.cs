using Fink.ScienceDb.Sources;
using Fink.TestSupport;

namespace Fink.ScienceDb.Tests.Sources;

public sealed class ScienceSourceTests : IDisposable
{
    private readonly ParquetFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Files_come_in_the_order_of_their_names_relative_to_the_source()
    {
        Write("b.parquet", "year=2024/month=10/x.parquet", "year=2024/month=09/y.parquet", "a.parquet");

        Assert.Equal(["a.parquet", "b.parquet", "year=2024/month=09/y.parquet", "year=2024/month=10/x.parquet"], Names(_files.Folder));
    }

    [Fact]
    public void A_trailing_separator_changes_nothing()
    {
        Write("a.parquet");

        Assert.Equal(["a.parquet"], Names(_files.Folder + "/"));
    }

    [Fact]
    public void Links_to_files_and_folders_are_followed_once_and_where_they_lead_may_be_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        Write("source/a.parquet");
        using var elsewhere = new ParquetFiles();
        elsewhere.Write("one/b.parquet", "SELECT 1 AS candid");
        elsewhere.Write("two/c.parquet", "SELECT 2 AS candid");
        var source = _files.PathOf("source");
        File.CreateSymbolicLink(Path.Combine(source, "b.parquet"), elsewhere.PathOf("one/b.parquet"));
        Directory.CreateSymbolicLink(Path.Combine(source, "two"), elsewhere.PathOf("two"));
        Directory.CreateSymbolicLink(Path.Combine(source, "two", "back"), source);

        var listing = new ScienceSource(source).List();

        Assert.Equal(["a.parquet", "b.parquet", "two/c.parquet"], listing.Files.Select(file => file.Name));
        using var database = new ScienceDatabase(new ScienceDatabaseOptions(listing.Folders));
        Assert.All(listing.Files, file => Assert.NotEmpty(database.ReadRowGroups(file)));
    }

    [Fact]
    public void Hidden_and_underscore_names_are_skipped_at_every_level()
    {
        Write("a.parquet", ".hidden.parquet", "_temporary/0/t.parquet", "night/_b.parquet", ".git/c.parquet", "night/d.parquet");
        File.WriteAllText(_files.PathOf("notes.txt"), "not Parquet");

        Assert.Equal(["a.parquet", "night/d.parquet"], Names(_files.Folder));
    }

    [Theory]
    [InlineData("*.parquet", "a.parquet b.parquet")]
    [InlineData("**/*.parquet", "a.parquet b.parquet n1/c.parquet n2/d.parquet")]
    [InlineData("n?/*.parquet", "n1/c.parquet n2/d.parquet")]
    [InlineData("n[!1]/*", "d.parquet")]
    [InlineData("n[1]/*", "c.parquet")]
    [InlineData("[a-a].parquet", "a.parquet")]
    public void A_glob_takes_what_a_shell_would(string glob, string expected)
    {
        Write("a.parquet", "b.parquet", "n1/c.parquet", "n2/d.parquet");

        var names = Names(_files.PathOf(glob)).Select(name => expected.Contains('/', StringComparison.Ordinal) ? name : Path.GetFileName(name));

        Assert.Equal(expected.Split(' '), names);
    }

    [Fact]
    public void A_name_with_a_wildcard_that_is_there_is_that_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        Write("[a]*.parquet", "a.parquet");

        Assert.Equal(["[a]*.parquet"], Names(_files.PathOf("[a]*.parquet")));
    }

    [Fact]
    public void One_file_is_taken_whatever_its_name()
    {
        Write("_a.data", "b.parquet");

        Assert.Equal(["_a.data"], Names(_files.PathOf("_a.data")));
    }

    [Fact]
    public void A_source_that_is_not_there_is_an_error_that_names_it()
    {
        var error = Assert.Throws<ScienceDbException>(() => new ScienceSource(_files.PathOf("nowhere")));

        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_glob_without_matches_is_an_empty_source()
    {
        Write("a.parquet");

        Assert.Empty(Names(_files.PathOf("z*.parquet")));
    }

    [Theory]
    [InlineData(0, "no whole Parquet file")]
    [InlineData(7, "no whole Parquet file")]
    [InlineData(60, "footer is missing")]
    public void A_file_that_is_cut_off_is_reported_and_stops_no_other(int length, string reason)
    {
        Write("a.parquet", "b.parquet");
        using (var stream = File.OpenWrite(_files.PathOf("a.parquet")))
        {
            stream.SetLength(length);
        }

        var listing = new ScienceSource(_files.Folder).List();

        Assert.Equal(["b.parquet"], listing.Files.Select(file => file.Name));
        var unreadable = Assert.Single(listing.Unreadable);
        Assert.Equal("a.parquet", unreadable.File);
        Assert.Contains(reason, unreadable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_calls_itself_Parquet_is_reported()
    {
        File.WriteAllText(_files.PathOf("a.parquet"), "objectId,candid\nZTF18abc,1\n");

        var unreadable = Assert.Single(new ScienceSource(_files.Folder).List().Unreadable);

        Assert.Contains("not a Parquet file", unreadable.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_footer_longer_than_its_file_is_reported()
    {
        File.WriteAllBytes(_files.PathOf("a.parquet"), [.. "PAR1"u8, .. new byte[8], 0xff, 0xff, 0, 0, .. "PAR1"u8]);

        var unreadable = Assert.Single(new ScienceSource(_files.Folder).List().Unreadable);

        Assert.Contains("claims 65535 bytes", unreadable.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_comes_later_is_in_the_next_listing()
    {
        Write("a.parquet");
        var source = new ScienceSource(_files.Folder);
        Assert.Single(source.List().Files);

        Write("b.parquet");

        Assert.Equal(2, source.List().Files.Count);
    }

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            _files.Write(name, "SELECT 1 AS a");
        }
    }

    private static IEnumerable<string> Names(string location) => new ScienceSource(location).List().Files.Select(file => file.Name);
}
