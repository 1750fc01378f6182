using System.Globalization;
using System.Text.Json;
using Fink.TestSupport;

namespace Fink.ScienceDb.Tests.Oracles;

/// <summary>Which alerts Fink's own filters (Python) select, against the same filters as rules, all in one scan.</summary>
public sealed class FinkFiltersTests
{
    [Theory]
    [InlineData("filters-ztf.json", "redrawn/ztf-600.parquet")]
    [InlineData("filters-ztf.json", "science/ztf-2023.parquet")]
    [InlineData("filters-ztf.json", "science/ztf/part-00002-7f5f40cf-868c-4571-9e8f-5e2be81b02f3-c000.snappy.parquet")]
    [InlineData("filters-rubin.json", "redrawn/rubin-600.parquet")]
    public void Rules_select_what_Finks_filters_select(string expectations, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedFolder.Require($"data/expected/{expectations}")));
        var root = document.RootElement;
        var rules = root.GetProperty("survey").GetString() == "ztf" ? FinkFilters.Ztf : FinkFilters.Rubin;

        var selected = Rows.Matching(SharedFolder.Require($"data/{file}"), root.GetProperty("id").GetString()!, [.. rules.Values]);

        var compared = 0;
        foreach (var (name, ids) in rules.Keys.Zip(selected))
        {
            var result = Expected(root, name, file);
            if (result.GetProperty("status").GetString() == "ok")
            {
                Assert.Equal((name, Ids(result)), (name, string.Join(' ', ids.Order(StringComparer.Ordinal))));
                compared++;
            }
        }

        Assert.True(compared >= 11, $"only {compared} filters could be compared");
    }

    [Fact]
    public void Whether_NaN_matches_does_not_depend_on_who_wrote_the_file()
    {
        // Written by Arrow, whose statistics leave NaN out: DuckDB would fold the comparison to false for the whole file.
        var arrows = SharedFolder.Require("data/redrawn/ztf-600.parquet");
        using var files = new ParquetFiles();
        var own = files.Write("own.parquet", $"FROM read_parquet('{arrows}')");
        string[] rules = ["rf_kn_vs_nonkn > 1e30", "NOT (rf_kn_vs_nonkn <= 1e30)", "rf_kn_vs_nonkn = 'nan'::DOUBLE", "isnan(rf_kn_vs_nonkn)"];

        var inArrows = Rows.Matching(arrows, "candid", rules);

        Assert.NotEmpty(inArrows[3]);
        Assert.All(inArrows, ids => Assert.Equal(inArrows[3], ids));
        Assert.Equal(inArrows, Rows.Matching(own, "candid", rules));
    }

    private static JsonElement Expected(JsonElement root, string filter, string file) =>
        root.GetProperty("filters").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == filter)
            .GetProperty("results").EnumerateArray().Single(result => result.GetProperty("file").GetString() == file);

    private static string Ids(JsonElement result) => string.Join(
        ' ',
        result.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64().ToString(CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal));
}
