namespace Fink.Cli.LightCurves;

internal enum MeasurementKind
{
    /// <summary>The object was seen.</summary>
    Detection,

    /// <summary>It was not seen, so it was fainter than the magnitude.</summary>
    Limit,

    /// <summary>The detection that the alert is about.</summary>
    Alert,
}

/// <summary>One look at an object.</summary>
/// <param name="Day">A Julian date, modified or not: only differences count.</param>
/// <param name="Band">The filter, one letter: <c>g</c>, <c>r</c>, <c>i</c>, …</param>
/// <param name="Magnitude">The smaller, the brighter.</param>
internal readonly record struct Measurement(double Day, string Band, double Magnitude, MeasurementKind Kind);
