using System.Collections;
using System.Globalization;
using Avro.Generic;
using Fink.Client;

namespace Fink.Cli.LightCurves;

/// <summary>How bright the object of an alert was, over the time that the alert tells of.</summary>
internal sealed record LightCurve(string Title, IReadOnlyList<Measurement> Measurements)
{
    private static readonly string[] ZtfBands = ["g", "r", "i"];

    /// <summary>Reads ZTF's and Rubin's alerts; of any other shape there is no measurement.</summary>
    public static LightCurve Of(Alert alert)
    {
        IEnumerable<Measurement?> measurements = alert.Record.TryGetValue("candidate", out var candidate)
            ? [.. Earlier(alert, "prv_candidates").Select(record => Ztf(record, MeasurementKind.Detection)), Ztf(candidate as GenericRecord, MeasurementKind.Alert)]
            : [.. Earlier(alert, "prvDiaSources").Select(record => Rubin(record, MeasurementKind.Detection)), Rubin(alert.Field("diaSource") as GenericRecord, MeasurementKind.Alert)];
        return new LightCurve($"object {alert.ObjectId ?? "-"}, alert {alert.AlertId ?? "-"}", [.. measurements.OfType<Measurement>().OrderBy(measurement => measurement.Day)]);
    }

    private static IEnumerable<GenericRecord> Earlier(Alert alert, string field) =>
        alert.Field(field) is IEnumerable records ? records.OfType<GenericRecord>() : [];

    /// <summary>A look that saw nothing has no magnitude, and one that saw nothing at all no limit either.</summary>
    private static Measurement? Ztf(GenericRecord? record, MeasurementKind kind)
    {
        if (record is null || Number(record, "jd") is not { } day)
        {
            return null;
        }

        var band = Number(record, "fid") is >= 1 and <= 3 and var fid ? ZtfBands[(int)fid - 1] : "?";
        return Number(record, "magpsf") is { } magnitude ? new Measurement(day, band, magnitude, kind)
            : Number(record, "diffmaglim") is { } limit ? new Measurement(day, band, limit, MeasurementKind.Limit)
            : null;
    }

    /// <summary>Rubin gives fluxes in nanojansky (AB magnitude 31.4 is one); what dimmed against the template has a negative one.</summary>
    private static Measurement? Rubin(GenericRecord? record, MeasurementKind kind) =>
        record is not null && Number(record, "midpointMjdTai") is { } day && Number(record, "psfFlux") is > 0 and var flux
            ? new Measurement(day, record.TryGetValue("band", out var band) && band is string { Length: > 0 } name ? name : "?", 31.4 - (2.5 * Math.Log10(flux)), kind)
            : null;

    private static double? Number(GenericRecord record, string field) =>
        record.TryGetValue(field, out var value) && value is IConvertible number and not string
        && number.ToDouble(CultureInfo.InvariantCulture) is var real && double.IsFinite(real)
            ? real
            : null;
}
