using System.CommandLine;
using System.Text.Json.Nodes;
using Fink.Cli.Errors;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Cli.Terminals;
using Fink.ScienceDb.Simulation;

namespace Fink.Cli.Commands.Alerts;

internal static class SimulateCommand
{
    public static Verb Create()
    {
        var alerts = new Option<long?>("--alerts") { Description = "How many alerts [default: 1000]", HelpName = "N" };
        alerts.RequireAtLeast(1);
        var files = new Option<int?>("--files") { Description = "How many Parquet files [default: 1]", HelpName = "M" };
        files.RequireAtLeast(1);
        var survey = new Option<string>("--survey") { Description = "ztf or rubin", HelpName = "SURVEY", DefaultValueFactory = _ => "ztf" };
        survey.AcceptOnlyFromAmong("ztf", "rubin");
        var folder = new Option<string>("--out") { Description = "The folder to write to", HelpName = "FOLDER", Required = true };
        var overwrite = new Option<bool>("--overwrite") { Description = "Write into a folder that holds Parquet files" };
        return new Verb(
            "simulate",
            "Write a synthetic night of Parquet in the shape of the real one; equal arguments give equal alerts",
            run => RunAsync(run, new SimulationOptions
            {
                Alerts = run.Get(alerts) ?? 1000,
                Files = run.Get(files) ?? 1,
                Survey = run.Get(survey) == "rubin" ? Survey.Rubin : Survey.Ztf,
                OutputFolder = run.Settings.FullPath(run.Get(folder)!),
                Overwrite = run.Get(overwrite),
            }),
            "simulate --alerts 1000 --files 4 --out night",
            "simulate --survey rubin --alerts 100 --out rubin-night")
        {
            alerts, files, survey, folder, overwrite,
        };
    }

    private static async Task<int> RunAsync(Invocation run, SimulationOptions options)
    {
        if (options.Files > options.Alerts)
        {
            throw new UsageException($"--files {options.Files} is more than --alerts {options.Alerts}");
        }

        using var line = new ProgressLine(run.Terminal, run.Time);
        var progress = new SynchronousProgress<long>(made => line.Show($"{made} of {options.Alerts} alerts"));
        var files = await Task.Run(() => SimulatedNight.Write(options, progress, run.Cancellation), run.Cancellation);
        line.Clear();
        run.Renderer.Write(ListResult.Of(
            files,
            "no files",
            new Column<string>("File", "file", file => file),
            new Column<string>(Heading.Number("Bytes"), "bytes", file => (JsonNode)new FileInfo(file).Length)));
        run.Note($"wrote {options.Alerts} alerts");
        return ExitCode.Done;
    }
}
