using System.Text.Json.Nodes;

namespace Fink.Cli.Tests.Commands.Alerts;

/// <summary>One alert out of a file, in every form that it is shown in.</summary>
public sealed class ShowAlertTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("ztf", "ZTF")]
    [InlineData("rubin", "Rubin")]
    public async Task A_row_of_Parquet_is_shown_as_facts_and_a_light_curve(string survey, string name)
    {
        var file = await SimulateAsync(survey);

        var result = await _cli.RunAsync($"alert show {file} --number 3");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches($@"Survey +{name}\n", result.Output);
        Assert.Contains("magnitude (the smaller, the brighter)", result.Output, StringComparison.Ordinal);
        Assert.Contains("@ this alert", result.Output, StringComparison.Ordinal);
        Assert.All(result.Output, letter => Assert.True(char.IsAscii(letter), $"'{letter}' without a terminal"));
    }

    [Theory]
    [InlineData("ztf", 63)]
    [InlineData("rubin", 30)]
    public async Task As_JSON_it_has_every_measurement_and_what_the_cutouts_are(string survey, int side)
    {
        var file = await SimulateAsync(survey);

        var result = await _cli.RunAsync($"alert show {file} --number 3 -o json");

        var alert = JsonNode.Parse(result.Output)!;
        Assert.Equal("alert", (string?)alert["lightCurve"]!.AsArray()[^1]!["kind"]);
        Assert.Equal(0, (double)alert["lightCurve"]!.AsArray()[^1]!["day"]!);
        Assert.Equal(["Science", "Template", "Difference"], alert["cutouts"]!.AsArray().Select(cutout => (string?)cutout!["name"]));
        Assert.All(alert["cutouts"]!.AsArray(), cutout => Assert.Equal(side, (int)cutout!["width"]!));
    }

    [Fact]
    public async Task The_page_is_written_and_replaced_and_has_three_images()
    {
        var file = await SimulateAsync("ztf");
        var page = _cli.Write("alert.html", "an old one");

        var result = await _cli.RunAsync($"alert show {file} --html alert.html -o tsv");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"wrote {page}", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllText(page).Split("src=\"data:image/png;base64,").Length - 1);
        Assert.Single(Directory.EnumerateFiles(_cli.Folder, "*alert.html*"));
        Assert.Empty(Directory.EnumerateFiles(_cli.Folder, "*.partial"));
    }

    [Theory]
    [InlineData("alert show nothing", 2, "neither a file that is there nor a place")]
    [InlineData("alert show t@0", 2, "neither a file that is there nor a place")]
    [InlineData("alert show t@0:1 --number 2", 2, "--number is for files")]
    [InlineData("alert show t@0:1 --bootstrap-server 127.0.0.1:1 --timeout 1s", 4, "127.0.0.1:1")]
    [InlineData("alert show text.txt", 1, "neither an Avro container file nor a Parquet file")]
    [InlineData("alert show text.txt --number 0", 2, "--number '0'")]
    [InlineData("alert show cut.avro", 1, "cut.avro:")]
    [InlineData("alert show cut.parquet", 1, "cut.parquet")]
    [InlineData("alert show FILE --number 11", 1, "has no alert number 11")]
    [InlineData("alert show FILE --html nowhere/x.html", 1, "this file cannot be written")]
    public async Task What_cannot_be_shown_is_one_line_and_its_exit_code(string commandLine, int exitCode, string reason)
    {
        var file = await SimulateAsync("ztf");
        _cli.Write("text.txt", "no alert");
        _cli.Write("cut.avro", "Obj\u0001\u0004");
        _cli.Write("cut.parquet", "PAR1 and no more of it");

        var result = await _cli.RunAsync(commandLine.Replace("FILE", file, StringComparison.Ordinal));

        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(reason, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private async Task<string> SimulateAsync(string survey)
    {
        var result = await _cli.RunAsync($"simulate --alerts 10 --survey {survey} --out night -o tsv");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.Split('\t')[0];
    }
}
