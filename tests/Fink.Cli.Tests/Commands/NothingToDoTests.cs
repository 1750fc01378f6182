using Fink.Cli.Commands.Alerts;
using Fink.Distribution;
using Fink.Distribution.Configuration;

namespace Fink.Cli.Tests.Commands;

/// <summary>A cron job with nothing to do ends well, and says what it looked at.</summary>
public sealed class NothingToDoTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--bootstrap-server", "127.0.0.1:1")]
    public async Task A_folder_without_Parquet_is_named_and_is_no_failure(params string[] how)
    {
        _cli.Write("night/readme.txt", "not an alert");
        var rules = _cli.Write("rules.yaml", "topics: [{ name: fink_all }]");

        var result = await _cli.RunAsync(["distribute", "--source", "night", "--rules", rules, .. how]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"nothing to do: {Path.Combine(_cli.Folder, "night")} holds no Parquet file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_has_nothing_left_hints_at_another_job_for_other_rules()
    {
        var options = new DistributionOptions
        {
            Rules = DistributionRules.EveryAlertTo("fink_all", new FilePosition("rules", 1, 1)),
            Source = "/night",
            Job = "mine",
        };
        var summary = new DistributionSummary { End = DistributionEnd.NothingToDo, Files = 3, Read = 0, Topics = [] };

        var closing = DistributionResult.Closing(summary, options, isDryRun: false);

        Assert.Equal("nothing to do: job mine has nothing left of /night; for other rules name another --job", closing);
    }
}
