using Fink.Client;

namespace Fink.Viewer.LightCurves;

/// <summary>How bright the object of an alert was, over the time that the alert tells of.</summary>
/// <param name="Measurements">In the order of time, at most <see cref="MostMeasurements"/>.</param>
/// <param name="LeftOut">How many older ones are not among them.</param>
public sealed record LightCurve(IReadOnlyList<Measurement> Measurements, int LeftOut = 0)
{
    /// <summary>No survey looks at one place more often in the time that its alerts tell of; a page stays a page.</summary>
    public const int MostMeasurements = 2000;

    // A limit at which a source would stand out of the noise by as much is what surveys call detected.
    private const double Significance = 5;

    // What lies beyond is a placeholder such as -999, or damage. Days are Julian dates, modified or not.
    private const double Brightest = -30;
    private const double Faintest = 50;
    private const double LastDay = 5_000_000;

    /// <summary>Reads ZTF's and Rubin's alerts; of any other shape there is no measurement.</summary>
    public static LightCurve Of(Alert alert)
    {
        var (look, detection, history) = alert.Schema.Survey switch
        {
            AlertSurvey.Ztf => (ZtfLook, "candidate", "prv_candidates"),
            AlertSurvey.Rubin => (RubinLook, "diaSource", "prvDiaSources"),
            _ => ((Func<AlertValue, Measurement?>)(_ => null), "", ""),
        };
        var looks = Items(alert.Find(history)).Select(look).OfType<Measurement>();
        if (look(alert.Find(detection)) is { } own)
        {
            // What is about an alert that dimmed stays a limit.
            looks = looks.Append(own.Kind == MeasurementKind.Detection ? own with { Kind = MeasurementKind.Alert } : own);
        }

        return Of([.. looks.OrderBy(measurement => measurement.Day)]);
    }

    /// <summary>Takes the last ones, and counts their days from the alert, or from the last look where it has none.</summary>
    private static LightCurve Of(List<Measurement> looks)
    {
        if (looks.Count == 0)
        {
            return new LightCurve([]);
        }

        var alert = looks.FindLastIndex(look => look.Kind == MeasurementKind.Alert);
        var day = looks[alert < 0 ? ^1 : alert].Day;
        var first = Math.Max(0, looks.Count - MostMeasurements);
        var shown = looks.Skip(first).Select(look => look with { Day = look.Day - day });
        return new LightCurve([.. shown], first);
    }

    private static AlertItems Items(AlertValue history) =>
        history.Kind == AlertValueKind.List ? history.Items : default;

    /// <summary>A look that saw nothing has no magnitude, and one that saw nothing at all no limit either.</summary>
    private static Measurement? ZtfLook(AlertValue look)
    {
        if (Number(look, "jd") is not (>= 0 and <= LastDay and var day))
        {
            return null;
        }

        var band = Bands.OfZtf(Number(look, "fid"));
        return Number(look, "magpsf") is >= Brightest and <= Faintest and var magnitude
                ? new Measurement(day, band, magnitude, Error(Number(look, "sigmapsf")), MeasurementKind.Detection)
            : Number(look, "diffmaglim") is >= Brightest and <= Faintest and var limit
                ? new Measurement(day, band, limit, null, MeasurementKind.Limit)
            : null;
    }

    /// <summary>
    /// Rubin gives fluxes in nanojansky, against the template. What dimmed has a negative one: it was fainter than the
    /// flux that five times the error is.
    /// </summary>
    private static Measurement? RubinLook(AlertValue look)
    {
        if (Number(look, "midpointMjdTai") is not (>= 0 and <= LastDay and var day) || Number(look, "psfFlux") is not { } flux)
        {
            return null;
        }

        var band = Bands.Known(look.Find("band").ToString());
        var error = Number(look, "psfFluxErr") is > 0 and var known ? known : (double?)null;
        return flux > 0 && AbMagnitude(flux) is >= Brightest and <= Faintest and var magnitude
                ? new Measurement(day, band, magnitude, Error(2.5 / Math.Log(10) * error / flux), MeasurementKind.Detection)
            : error is { } sigma && AbMagnitude(Significance * sigma) is >= Brightest and <= Faintest and var limit
                ? new Measurement(day, band, limit, null, MeasurementKind.Limit)
            : null;
    }

    /// <summary>A nanojansky is of AB magnitude 31.4.</summary>
    private static double AbMagnitude(double nanojansky) => 31.4 - (2.5 * Math.Log10(nanojansky));

    private static double? Error(double? sigma) => sigma is > 0 and < Faintest - Brightest ? sigma : null;

    private static double? Number(AlertValue look, string field) =>
        look.Find(field).TryGetDouble(out var value) && double.IsFinite(value) ? value : null;
}
