using Fink.Client;

namespace Fink.Cli.LightCurves;

/// <summary>How bright the object of an alert was, over the time that the alert tells of.</summary>
internal sealed record LightCurve(string Title, IReadOnlyList<Measurement> Measurements)
{
    private static readonly string[] ZtfBands = ["g", "r", "i"];

    /// <summary>Reads ZTF's and Rubin's alerts; of any other shape there is no measurement.</summary>
    public static LightCurve Of(Alert alert)
    {
        IEnumerable<Measurement?> measurements = alert.Schema.Survey == AlertSurvey.Ztf
            ? [.. Earlier(alert, "prv_candidates").Select(record => Ztf(record, MeasurementKind.Detection)), Ztf(alert.Find("candidate"), MeasurementKind.Alert)]
            : [.. Earlier(alert, "prvDiaSources").Select(record => Rubin(record, MeasurementKind.Detection)), Rubin(alert.Find("diaSource"), MeasurementKind.Alert)];
        return new LightCurve($"object {alert.ObjectId ?? "-"}, alert {alert.AlertId ?? "-"}", [.. measurements.OfType<Measurement>().OrderBy(measurement => measurement.Day)]);
    }

    private static AlertItems Earlier(Alert alert, string field) =>
        alert.Find(field) is { Kind: AlertValueKind.List } records ? records.Items : default;

    /// <summary>A look that saw nothing has no magnitude, and one that saw nothing at all no limit either.</summary>
    private static Measurement? Ztf(AlertValue record, MeasurementKind kind)
    {
        if (Number(record, "jd") is not { } day)
        {
            return null;
        }

        var band = Number(record, "fid") is >= 1 and <= 3 and var fid ? ZtfBands[(int)fid - 1] : "?";
        return Number(record, "magpsf") is { } magnitude ? new Measurement(day, band, magnitude, kind)
            : Number(record, "diffmaglim") is { } limit ? new Measurement(day, band, limit, MeasurementKind.Limit)
            : null;
    }

    /// <summary>Rubin gives fluxes in nanojansky (AB magnitude 31.4 is one); what dimmed against the template has a negative one.</summary>
    private static Measurement? Rubin(AlertValue record, MeasurementKind kind) =>
        Number(record, "midpointMjdTai") is { } day && Number(record, "psfFlux") is > 0 and var flux
            ? new Measurement(day, record.Find("band").ToString() is { Length: > 0 } band ? band : "?", 31.4 - (2.5 * Math.Log10(flux)), kind)
            : null;

    private static double? Number(AlertValue record, string field) =>
        record.Find(field).TryGetDouble(out var value) && double.IsFinite(value) ? value : null;
}
