using System.Globalization;
using Fink.Client;
using Fink.Viewer.Facts;
using Fink.Viewer.Images;
using Fink.Viewer.LightCurves;

namespace Fink.Viewer;

/// <summary>
/// An alert as a person looks at it. Whatever the alert holds, this can be made of it: what makes no sense is left out.
/// </summary>
public sealed class AlertView
{
    private static readonly string[] CutoutNames = ["Science", "Template", "Difference"];

    private readonly Alert _alert;

    /// <param name="source">Where the alert was read from, in words; its place in its topic, where that is not said.</param>
    public AlertView(Alert alert, string? source = null)
    {
        _alert = alert;
        Source = source ?? alert.Position.ToString();
        ObjectId = SurveyField.Meaningful(alert.ObjectId) ?? "-";
        AlertId = SurveyField.Meaningful(alert.AlertId) ?? "-";
        Class = SurveyField.Meaningful(alert.Facts.Class);
        LightCurve = LightCurve.Of(alert);
        Brightness = Magnitude(alert.Facts);
        Facts = [.. AllFacts(alert)];
    }

    public string ObjectId { get; }

    public string AlertId { get; }

    /// <summary>`ZTF`, `Rubin`, or that it is neither.</summary>
    public string Survey => _alert.Schema.Survey switch
    {
        AlertSurvey.Ztf => "ZTF",
        AlertSurvey.Rubin => "Rubin",
        _ => "unknown survey",
    };

    /// <summary>What the broker takes it for, or null.</summary>
    public string? Class { get; }

    /// <summary>`g 17.12 ± 0.03`, or null.</summary>
    public string? Brightness { get; }

    /// <summary>`2026-11-24 10:11:12 UTC`, or null.</summary>
    public string? Observed => _alert.Facts.Time?.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Where the alert was read from.</summary>
    public string Source { get; }

    public LightCurve LightCurve { get; }

    /// <summary>In the order of reading; those that the alert does not tell are not among them.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>Science, template and difference, read when they are first asked for.</summary>
    public IReadOnlyList<Cutout> Cutouts => field ??= [.. CutoutNames.Select(name => Cutout.Of(name, CutoutBytes(name)))];

    private IEnumerable<Fact> AllFacts(Alert alert)
    {
        yield return new Fact("Object", ObjectId);
        yield return new Fact("Alert", AlertId);
        yield return new Fact("Survey", Survey);
        if (Observed is { } observed)
        {
            yield return new Fact("Observed", observed);
        }

        if (SkyPosition.Of(alert.Facts.RightAscension, alert.Facts.Declination) is { } position)
        {
            yield return new Fact("Position", position.ToString());
            yield return new Fact("In degrees", position.Degrees());
        }

        if (Brightness is { } brightness)
        {
            yield return new Fact("Magnitude", brightness);
        }

        foreach (var fact in SurveyFields.Of(alert.Schema.Survey).Select(field => field.Of(alert)).OfType<Fact>())
        {
            yield return fact;
        }
    }

    private static string? Magnitude(AlertFacts facts)
    {
        if (facts.Magnitude is not (> -100 and < 100 and var magnitude))
        {
            return null;
        }

        var error = facts.MagnitudeError is >= 0 and < 100 and var sigma ? string.Create(CultureInfo.InvariantCulture, $" ± {sigma:F2}") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Bands.Known(facts.Band)} {magnitude:F2}{error}");
    }

    /// <summary>ZTF puts the file into a record with its name.</summary>
    private ReadOnlyMemory<byte>? CutoutBytes(string name)
    {
        var cutout = _alert.Find("cutout" + name);
        return cutout.TryGetBytes(out var bytes) || cutout.Find("stampData").TryGetBytes(out bytes) ? bytes : (ReadOnlyMemory<byte>?)null;
    }
}
