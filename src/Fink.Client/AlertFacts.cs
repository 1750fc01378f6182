namespace Fink.Client;

/// <summary>
/// What is said of an alert whatever the survey. Each fact is looked up when it is asked for; null where the alert does
/// not tell it.
/// </summary>
public readonly struct AlertFacts
{
    // The Julian dates of 1970-01-01; Rubin counts days of TAI, which is 37 s ahead of UTC since 2017.
    private const double JulianEpoch = 2440587.5;
    private const double ModifiedJulianEpoch = 40587;
    private const double TaiAhead = 37 / 86400.0;

    // A flux of one nanojansky is of AB magnitude 31.4.
    private const double MagnitudeOfOneNanojansky = 31.4;

    private static readonly string[] ZtfBands = ["g", "r", "i"];

    private readonly Alert _alert;

    internal AlertFacts(Alert alert) => _alert = alert;

    public AlertSurvey Survey => _alert.Schema.Survey;

    /// <summary>When the object was seen: `candidate.jd`, `diaSource.midpointMjdTai`.</summary>
    public DateTimeOffset? Time => Survey switch
    {
        AlertSurvey.Ztf => Moment(Number("candidate", "jd") - JulianEpoch),
        AlertSurvey.Rubin => Moment(Number("diaSource", "midpointMjdTai") - ModifiedJulianEpoch - TaiAhead),
        _ => null,
    };

    /// <summary>The filter, one letter: `candidate.fid`, `diaSource.band`.</summary>
    public string? Band => Survey switch
    {
        AlertSurvey.Ztf => _alert.Find("candidate", "fid").TryGetLong(out var fid) && fid is >= 1 and <= 3 ? ZtfBands[fid - 1] : null,
        AlertSurvey.Rubin => Text("diaSource", "band"),
        _ => null,
    };

    /// <summary>`candidate.magpsf`; AB magnitude of `diaSource.psfFlux`, which what dimmed has not.</summary>
    public double? Magnitude => Survey switch
    {
        AlertSurvey.Ztf => Number("candidate", "magpsf"),
        AlertSurvey.Rubin => Number("diaSource", "psfFlux") is > 0 and var flux ? MagnitudeOfOneNanojansky - (2.5 * Math.Log10(flux)) : null,
        _ => null,
    };

    /// <summary>In magnitudes: `candidate.sigmapsf`; from `diaSource.psfFluxErr`.</summary>
    public double? MagnitudeError => Survey switch
    {
        AlertSurvey.Ztf => Number("candidate", "sigmapsf"),
        AlertSurvey.Rubin => Number("diaSource", "psfFlux") is > 0 and var flux ? 2.5 / Math.Log(10) * Number("diaSource", "psfFluxErr") / flux : null,
        _ => null,
    };

    /// <summary>Degrees.</summary>
    public double? RightAscension => Number(Detection, "ra");

    /// <summary>Degrees.</summary>
    public double? Declination => Number(Detection, "dec");

    /// <summary>What the broker takes it for: `cdsxmatch`; `pred.main_label_crossmatch`, else `xm.simbad_otype`.</summary>
    public string? Class => Survey switch
    {
        AlertSurvey.Ztf => Text("cdsxmatch"),
        AlertSurvey.Rubin => Text("pred", "main_label_crossmatch") ?? Text("xm", "simbad_otype"),
        _ => null,
    };

    private string Detection => Survey == AlertSurvey.Rubin ? "diaSource" : "candidate";

    private double? Number(params ReadOnlySpan<string> path) =>
        _alert.Find(path).TryGetDouble(out var value) && double.IsFinite(value) ? value : null;

    private string? Text(params ReadOnlySpan<string> path) =>
        _alert.Find(path).ToString() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Moment(double? days)
    {
        // Within the years that there are dates for.
        const double longest = 700_000;
        return days is > -longest and < longest ? DateTimeOffset.UnixEpoch.AddDays(days.Value) : null;
    }
}
