using Fink.Viewer.Fits;
using Fink.Viewer.Images;

namespace Fink.Viewer.Tests.Images;

public sealed class AsinhStretchTests
{
    [Fact]
    public void The_ends_are_cut_off_and_the_noise_is_nearly_linear()
    {
        var stretch = AsinhStretch.Of(Image([.. Enumerable.Range(0, 1001).Select(i => (double)i)]))!.Value;

        Assert.Equal((5, 998, 1112), (Math.Round(stretch.Black, 6), Math.Round(stretch.White, 6), Math.Round(stretch.Softness)));
        Assert.Equal((0, 0, 1, 1), (stretch.Level(-50), stretch.Level(5), stretch.Level(998), stretch.Level(1e9)));
        Assert.InRange(stretch.Level(501), 0.5, 0.56);
    }

    [Fact]
    public void A_star_far_above_the_noise_leaves_the_sky_to_be_seen()
    {
        var sky = Enumerable.Range(0, 1000).Select(i => 100 + Math.Sin(i * i));

        var stretch = AsinhStretch.Of(Image([.. sky, .. Enumerable.Repeat(10_000.0, 10)]))!.Value;

        Assert.InRange(stretch.Level(102) - stretch.Level(99), 0.03, 0.3);
    }

    [Fact]
    public void What_is_no_number_does_not_count()
    {
        var stretch = AsinhStretch.Of(Image(double.NaN, 3, double.PositiveInfinity, 5, double.NegativeInfinity))!.Value;

        Assert.Equal((3, 5), (Math.Round(stretch.Black, 1), Math.Round(stretch.White, 1)));
    }

    [Fact]
    public void An_image_without_noise_has_a_stretch_and_a_flat_one_is_grey_and_an_empty_one_has_none()
    {
        Assert.InRange(AsinhStretch.Of(Image([.. Enumerable.Repeat(0.0, 500), .. Enumerable.Repeat(1000.0, 10)]))!.Value.Level(500), 0.5, 1);
        Assert.InRange(AsinhStretch.Of(Image(7, 7, 7))!.Value.Level(7), 0.4, 0.8);
        Assert.Null(AsinhStretch.Of(Image(double.NaN)));
    }

    private static FitsImage Image(params double[] pixels) => new(pixels.Length, 1, pixels, null);
}
