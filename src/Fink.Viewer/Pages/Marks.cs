using Fink.Viewer.LightCurves;

namespace Fink.Viewer.Pages;

/// <summary>The marks of bands, as SVG paths around a point: a band is told by its shape as well as by its colour.</summary>
internal static class Marks
{
    private static readonly string[] Shapes =
    [
        "m0-5l1.5 3.5 3.5.3-2.7 2.4.9 3.6-3.2-2-3.2 2 .9-3.6-2.7-2.4 3.5-.3z", // u: a star
        "m0-5l5 5-5 5-5-5z", // g: a diamond
        "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", // r: a disc
        "m0-4.6l4.6 8h-9.2z", // i: a triangle
        "m-3.7-3.7h7.4v7.4h-7.4z", // z: a square
        "m-1.5-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z", // y: a cross
        "m-4.5-2h9v4h-9z", // unknown: a bar
    ];

    /// <summary>Open, and pointing to where the object may have been.</summary>
    public const string Limit = "m-4.5-4h9l-4.5 7.5z";

    public const string Ring = "m-8.5 0a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0z";

    public static string Of(string band) => Shapes[Bands.IndexOf(band)];

    /// <summary>The class of the style sheet that has the band's colour.</summary>
    public static string Class(string band) => band == Bands.Unknown ? "band-none" : "band-" + band;
}
