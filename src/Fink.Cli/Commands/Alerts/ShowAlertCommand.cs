using System.CommandLine;
using System.Text.Json.Nodes;
using Fink.Cli.Options;
using Fink.Cli.Output;
using Fink.Viewer;
using Fink.Viewer.Images;
using Fink.Viewer.LightCurves;
using Fink.Viewer.Pages;

namespace Fink.Cli.Commands.Alerts;

internal static class ShowAlertCommand
{
    public static Verb Create()
    {
        var named = new Argument<string>("alert") { Description = "An Avro container file, a Parquet file of the science database, or TOPIC@PARTITION:OFFSET", HelpName = "FILE|PLACE" };
        var number = new Option<long?>("--number") { Description = "Which alert of a file [default: 1, the first]", HelpName = "N" };
        number.RequireAtLeast(1);
        var html = new Option<string?>("--html") { Description = "Write it as a page to this file, which is replaced if it is there; the page needs nothing beside itself", HelpName = "FILE" };
        var decoding = new DecodingOptions();
        var verb = new Verb(
            "show",
            "One alert: its facts and its light curve here, and with its images on a page",
            run => RunAsync(run, run.Get(named)!, run.Get(number), run.Get(html), decoding),
            "alert show fink_rrlyr_ztf@0:101",
            "alert show fink_rrlyr_ztf@0:101 --html alert.html",
            "alert show online/science/part-0.parquet --number 12 -o json")
        {
            named, number, html,
        };
        decoding.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(Invocation run, string named, long? number, string? html, DecodingOptions decoding)
    {
        var found = await new AlertLookup(run, decoding).FindAsync(named, number);
        var alert = new AlertView(found.Alert, found.Source);
        if (html is not null)
        {
            run.Note($"wrote {Write(run.Settings.FullPath(html), AlertPage.Of(alert))}");
        }

        run.Renderer.Write(ResultOf(alert, run.Renderer.DrawsUnicode));
        if (run.Renderer.Format == OutputFormat.Table)
        {
            run.Terminal.Out.WriteLine();
            run.Renderer.WriteCurve(alert.LightCurve);
        }

        if (alert.LightCurve.LeftOut > 0)
        {
            run.Note($"{alert.LightCurve.LeftOut} older measurements are left out");
        }

        return ExitCode.Done;
    }

    private static string Write(string path, string page)
    {
        try
        {
            PageFile.Write(path, page);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--html {path}: this file cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Facts for people, measurements for programs that read rows, all of it as JSON.</summary>
    private static Result ResultOf(AlertView alert, bool isUnicode)
    {
        var json = new JsonObject
        {
            ["objectId"] = alert.ObjectId,
            ["alertId"] = alert.AlertId,
            ["survey"] = alert.Survey,
            ["class"] = alert.Class,
            ["source"] = alert.Source,
            ["facts"] = new JsonArray([.. alert.Facts.Select(fact => (JsonNode)new JsonObject { ["name"] = fact.Name, ["value"] = fact.Value })]),
            ["lightCurve"] = new JsonArray([.. alert.LightCurve.Measurements.Select(Json)]),
            ["leftOut"] = alert.LightCurve.LeftOut,
            ["cutouts"] = new JsonArray([.. alert.Cutouts.Select(Json)]),
        };
        return new Result(json, new Table([], [.. alert.Facts.Select(fact => (IReadOnlyList<string>)[fact.Name, isUnicode ? fact.Value : fact.Value.Replace("±", "+-", StringComparison.Ordinal)])]))
        {
            Tsv = new Table([], [.. alert.LightCurve.Measurements.Select(measurement => (IReadOnlyList<string>)
                [Digits(measurement.Day), measurement.Band, Digits(measurement.Magnitude), measurement.Error is { } error ? Digits(error) : "", KindOf(measurement)])]),
        };
    }

    private static JsonNode Json(Measurement measurement) => new JsonObject
    {
        ["day"] = measurement.Day,
        ["band"] = measurement.Band,
        ["magnitude"] = measurement.Magnitude,
        ["error"] = measurement.Error,
        ["kind"] = KindOf(measurement),
    };

    private static JsonNode Json(Cutout cutout) => cutout.Image is not { } image
        ? new JsonObject { ["name"] = cutout.Name, ["trouble"] = cutout.Trouble }
        : new JsonObject
        {
            ["name"] = cutout.Name,
            ["width"] = image.Width,
            ["height"] = image.Height,
            ["unit"] = image.Unit,
            ["black"] = cutout.Stretch.Black,
            ["white"] = cutout.Stretch.White,
            ["withoutData"] = cutout.Missing,
        };

    private static string KindOf(Measurement measurement) => measurement.Kind switch
    {
        MeasurementKind.Limit => "limit",
        MeasurementKind.Alert => "alert",
        _ => "detection",
    };

    private static string Digits(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
