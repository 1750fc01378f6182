namespace Fink.Viewer.LightCurves;

public enum MeasurementKind
{
    /// <summary>The object was not seen, so it was fainter than the magnitude.</summary>
    Limit,

    /// <summary>The object was seen.</summary>
    Detection,

    /// <summary>The detection that the alert is about.</summary>
    Alert,
}

/// <summary>One look at an object.</summary>
/// <param name="Day">Days from the alert's own look, negative before it.</param>
/// <param name="Band">The filter, one letter: `g`, `r`, `i`, …; `?` where it is none that is known.</param>
/// <param name="Magnitude">The smaller, the brighter.</param>
/// <param name="Error">One standard deviation in magnitudes; null where it is not told, and for a limit.</param>
public readonly record struct Measurement(double Day, string Band, double Magnitude, double? Error, MeasurementKind Kind);
