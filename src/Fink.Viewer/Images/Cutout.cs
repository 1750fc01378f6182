using Fink.Viewer.Fits;

namespace Fink.Viewer.Images;

/// <summary>One of an alert's three images around its place on the sky, as it can be shown.</summary>
/// <param name="Name">`Science`, `Template` or `Difference`.</param>
public sealed record Cutout(string Name)
{
    /// <summary>Null where it cannot be shown; <see cref="Trouble"/> then says why.</summary>
    public FitsImage? Image { get; private init; }

    public AsinhStretch Stretch { get; private init; }

    /// <summary>Why there is nothing to see, as the end of a sentence.</summary>
    public string? Trouble { get; private init; }

    /// <summary>Pixels that hold no number.</summary>
    public int Missing => Image?.Pixels.Count(pixel => !double.IsFinite(pixel)) ?? 0;

    /// <param name="bytes">A FITS file, plain or gzipped; null where the alert has none.</param>
    public static Cutout Of(string name, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } file)
        {
            return new Cutout(name) { Trouble = "the alert has none" };
        }

        try
        {
            var image = FitsReader.Read(file);
            return AsinhStretch.Of(image) is { } stretch
                ? new Cutout(name) { Image = image, Stretch = stretch }
                : new Cutout(name) { Trouble = "all of its pixels are without data" };
        }
        catch (FitsException error)
        {
            return new Cutout(name) { Trouble = error.Message };
        }
    }
}
