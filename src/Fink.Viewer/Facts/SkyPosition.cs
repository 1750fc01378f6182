using System.Globalization;

namespace Fink.Viewer.Facts;

/// <summary>A place on the sky, equatorial, in degrees.</summary>
internal readonly record struct SkyPosition(double RightAscension, double Declination)
{
    /// <summary>`12h34m56.78s -12d34m56.7s`: other programs read it too.</summary>
    public override string ToString()
    {
        // Rounded once, so that no part shows 60.
        var hundredths = (long)Math.Round(RightAscension / 15 * 360_000) % (24 * 360_000);
        var tenths = (long)Math.Round(Math.Abs(Declination) * 36_000);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hundredths / 360_000:00}h{hundredths / 6_000 % 60:00}m{hundredths % 6_000 / 100.0:00.00}s "
            + $"{(Declination < 0 ? '-' : '+')}{tenths / 36_000:00}d{tenths / 600 % 60:00}m{tenths % 600 / 10.0:00.0}s");
    }

    public string Degrees() => string.Create(CultureInfo.InvariantCulture, $"{RightAscension:F5}, {Declination:F5}");

    /// <returns>Null where there is no such place.</returns>
    public static SkyPosition? Of(double? rightAscension, double? declination) =>
        rightAscension is >= 0 and < 360 and var ra && declination is >= -90 and <= 90 and var dec ? new SkyPosition(ra, dec) : null;
}
