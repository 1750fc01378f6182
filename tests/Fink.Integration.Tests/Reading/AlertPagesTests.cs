using Fink.Integration.Tests.Walk;
using Fink.TestSupport.Clusters;

namespace Fink.Integration.Tests.Reading;

/// <summary>What a subscriber looks at, over a broker, by the built command.</summary>
public sealed class AlertPagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-pages-").FullName;

    [Fact]
    public async Task Alerts_of_topics_become_pages_with_an_index_and_one_of_them_is_shown_by_its_place()
    {
        await RunAsync(0, "start", "--mode", "embedded", "--listen", $"{TestClusters.FreeAddresses(1)[0]}");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yaml"), "topics: [{ name: fink_all }, { name: fink_again }, { name: fink_lean, drop: [cutoutTemplate] }]", TestContext.Current.CancellationToken);
            await RunAsync(0, "simulate", "--alerts", "70", "--out", "night");
            await RunAsync(0, "distribute", "--source", "night", "--rules", "rules.yaml");

            var error = await RunAsync(0, "consume", "fink_all", "fink_again", "--until-end", "--html", "pages", "-o", "tsv");

            Assert.Contains("wrote 70 pages", error, StringComparison.Ordinal);
            Assert.Equal(70, Directory.EnumerateFiles(Path.Combine(_folder, "pages", "alerts"), "*.html").Count());
            Assert.True(File.Exists(Path.Combine(_folder, "pages", "index-2.html")));
            Assert.Contains("choose another folder", await RunAsync(2, "consume", "fink_all", "--until-end", "--html", "pages"), StringComparison.Ordinal);
            Assert.Contains("wrote 70 pages", await RunAsync(0, "consume", "fink_all", "--until-end", "--html", "pages", "--overwrite"), StringComparison.Ordinal);

            // Two forms of one alert have one name: that one of them is left out is said.
            foreach (var written in new string[][] { ["--html", "both"], ["-o", "avro", "--outdir", "files"] })
            {
                Assert.Contains("70 alerts have no", await RunAsync(1, ["consume", "fink_lean", "fink_all", "--until-end", .. written]), StringComparison.Ordinal);
            }

            await RunAsync(0, "consume", "fink_again", "fink_all", "--until-end", "-o", "avro", "--outdir", "alike");
            Assert.Contains("wrote", await RunAsync(0, "alert", "show", "fink_all@0:3", "--html", "one.html"), StringComparison.Ordinal);
            Assert.Contains("fink_all partition 0 offset 3", await File.ReadAllTextAsync(Path.Combine(_folder, "one.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("holds no alert (yet)", await RunAsync(1, "alert", "show", "fink_all@0:70"), StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync(0, "stop");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (exitCode, output, error) = await Tool.RunAsync(_folder, "", arguments);
        Assert.True(exitCode == expected, $"{string.Join(' ', arguments)}: {exitCode}\n{output}{error}");
        return error;
    }
}
