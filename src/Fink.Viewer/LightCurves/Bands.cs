namespace Fink.Viewer.LightCurves;

/// <summary>The filters of ZTF (g, r, i) and Rubin (u, g, r, i, z, y), from blue to red.</summary>
public static class Bands
{
    /// <summary>Stands for a filter that is none of them.</summary>
    public const string Unknown = "?";

    private const string Letters = "ugrizy";

    private static readonly string[] Names = [.. Letters.Select(letter => letter.ToString()), Unknown];

    /// <summary>From blue to red, and the unknown one last.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The place of a band in <see cref="All"/>.</summary>
    public static int IndexOf(string band) =>
        band.Length == 1 && Letters.IndexOf(band[0], StringComparison.Ordinal) is >= 0 and var index ? index : Letters.Length;

    /// <summary>A name from an alert, which may be anything, as one of <see cref="All"/>.</summary>
    public static string Known(string? name) => Names[IndexOf(name ?? Unknown)];

    /// <summary>ZTF counts its filters from 1.</summary>
    public static string OfZtf(double? fid) => fid switch
    {
        1 => "g",
        2 => "r",
        3 => "i",
        _ => Unknown,
    };
}
