using System.Globalization;
using Fink.Viewer.Images;

namespace Fink.Viewer.Pages;

/// <summary>The cutouts as images beside each other, each with what its black and its white are.</summary>
internal static class CutoutFigures
{
    public static Markup Of(IReadOnlyList<Cutout> cutouts)
    {
        var figures = new Markup();
        figures.Add($"""<div class="cutouts">""");
        foreach (var cutout in cutouts)
        {
            Add(figures, cutout);
        }

        figures.Add($"""
            </div>
            <p class="note">Grey levels: asinh, between the {AsinhStretch.LowPercentile}th and the {AsinhStretch.HighPercentile}th percentile of each
            image, nearly linear within {AsinhStretch.SoftDeviations} standard deviations of its noise. The first row of the file is at the bottom.</p>
            """);
        return figures;
    }

    private static void Add(Markup figures, Cutout cutout)
    {
        if (cutout.Image is not { } image)
        {
            figures.Add($"""<figure><div class="none">Nothing to see: {cutout.Trouble}</div><figcaption>{cutout.Name}</figcaption></figure>""");
            return;
        }

        var unit = image.Unit is { Length: > 0 and <= 20 } name ? " " + name : "";
        var missing = cutout.Missing > 0 ? $"; hatched: {cutout.Missing} without data" : "";
        figures.Add($"""
            <figure>
            <img src="data:image/png;base64,{Convert.ToBase64String(PngImage.Encode(image, cutout.Stretch))}" width="{image.Width}" height="{image.Height}" alt="{cutout.Name} image, {image.Width} by {image.Height} pixels">
            <figcaption>{cutout.Name}
            <small>{image.Width} × {image.Height} pixels; black {Level(cutout.Stretch.Black)}, white {Level(cutout.Stretch.White)}{unit}{missing}</small></figcaption>
            </figure>
            """);
    }

    private static string Level(double value) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−');
}
