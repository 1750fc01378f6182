using Fink.Viewer.Fits;

namespace Fink.Viewer.Images;

/// <summary>
/// Physical values to grey levels: nearly linear within the noise, logarithmic far above it, so that the sky and the
/// middle of a star can be seen on one image.
/// </summary>
/// <param name="Black">What is at or below this is black.</param>
/// <param name="White">What is at or above this is white; more than <paramref name="Black"/>.</param>
/// <param name="Softness">Above black by as much, the stretch turns from linear to logarithmic.</param>
public readonly record struct AsinhStretch(double Black, double White, double Softness)
{
    public const double LowPercentile = 0.5;
    public const double HighPercentile = 99.8;

    /// <summary>Of the noise, in its standard deviations.</summary>
    public const double SoftDeviations = 3;

    // Of a normal distribution.
    private const double DeviationOfMedianDeviation = 1.4826;

    /// <summary>Cuts the ends off: a hot pixel, or a cosmic ray, must not darken all others.</summary>
    /// <returns>Null where no pixel is a finite number.</returns>
    public static AsinhStretch? Of(FitsImage image)
    {
        var values = image.Pixels.Where(double.IsFinite).Order().ToArray();
        if (values.Length == 0)
        {
            return null;
        }

        var (black, white) = (Percentile(values, LowPercentile), Percentile(values, HighPercentile));
        if (black >= white)
        {
            // A flat image is grey.
            return new AsinhStretch(black - 1, black + 1, 1);
        }

        var median = Percentile(values, 50);
        var deviations = values.Select(value => Math.Abs(value - median)).Order().ToArray();
        var noise = DeviationOfMedianDeviation * Percentile(deviations, 50);
        return new AsinhStretch(black, white, Math.Max(SoftDeviations * noise, (white - black) / 1000));
    }

    /// <returns>0 to 1.</returns>
    public double Level(double value) =>
        Math.Asinh((Math.Clamp(value, Black, White) - Black) / Softness) / Math.Asinh((White - Black) / Softness);

    /// <summary>Between the two nearest ranks, in proportion.</summary>
    private static double Percentile(double[] ascending, double percent)
    {
        var rank = percent / 100 * (ascending.Length - 1);
        var below = (int)rank;
        return below + 1 == ascending.Length
            ? ascending[below]
            : double.Lerp(ascending[below], ascending[below + 1], rank - below);
    }
}
