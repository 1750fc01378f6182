using Avro.File;
using Avro.Generic;
using Fink.TestSupport;
using Fink.Viewer.Fits;
using Fink.Viewer.Images;
using Fink.Viewer.Tests.Fits;

namespace Fink.Viewer.Tests.Images;

/// <summary>The reader of FITS, the stretch and the writer of PNG against implementations that are not ours.</summary>
public sealed class AgainstAstropyTests
{
    [Fact]
    public async Task Synthetic_images_of_every_kind_are_read_as_astropy_reads_them()
    {
        var random = new Random(4);
        var files = new Dictionary<string, byte[]>();
        foreach (var bits in new[] { 8, 16, 32, 64 })
        {
            var data = new byte[7 * 5 * bits / 8];
            random.NextBytes(data);
            files[$"plain{bits}.fits"] = FitsBytes.Of(data, FitsBytes.Cards(bits, 7, 5));
            files[$"scaled{bits}.fits"] = FitsBytes.Of(data, FitsBytes.Cards(bits, 7, 5, "BSCALE  = 0.25", "BZERO   = -3.5 / zero", $"BLANK   = {(bits == 8 ? data[3] : 12)}", "BUNIT   = 'nJy     '"));
        }

        var doubles = new byte[24 * sizeof(double)];
        random.NextBytes(doubles);
        files["doubles.fits"] = FitsBytes.Of(doubles, FitsBytes.Cards(-64, 4, 6));
        files["floats.fits.gz"] = FitsBytes.Gzipped(FitsBytes.Floats(2, 3, 1, float.NaN, -2.5f, 1e30f, float.NegativeInfinity, 0));

        await AssertSameAsync(files);
    }

    [Fact]
    public async Task Cutouts_of_real_alerts_are_read_as_astropy_reads_them()
    {
        var files = new Dictionary<string, byte[]>();
        foreach (var file in Directory.EnumerateFiles(SharedFolder.Require("data/alerts/ztf"), "*.avro"))
        {
            using var reader = DataFileReader<GenericRecord>.OpenReader(file);
            foreach (var alert in reader.NextEntries)
            {
                foreach (var name in new[] { "cutoutScience", "cutoutTemplate", "cutoutDifference" })
                {
                    files[$"{files.Count}.fits.gz"] = (byte[])((GenericRecord)alert[name])["stampData"];
                }
            }
        }

        Assert.InRange(files.Count, 15, 1000);
        await AssertSameAsync(files);
    }

    [Fact]
    public async Task A_PNG_shows_Pillow_the_grey_of_each_pixel_upside_up_and_nothing_where_there_is_no_data()
    {
        var image = FitsReader.Read(FitsBytes.Floats(3, 2, 0, 10, float.NaN, -5, 100, 50));
        var png = PngImage.Encode(image, new AsinhStretch(0, 100, 10));

        var read = await ForeignImages.ReadAsync(new Dictionary<string, byte[]> { ["x.png"] = png }, TestContext.Current.CancellationToken);

        var middle = Math.Round(254 * Math.Asinh(5) / Math.Asinh(10));
        var low = Math.Round(254 * Math.Asinh(1) / Math.Asinh(10));
        Assert.Equal(3, (int)read["x.png"]!["width"]!);
        var grey = ForeignImages.Numbers(read["x.png"]!["grey"]);
        double[] expected = [0, 255, middle * 255 / 254, 0, low * 255 / 254, double.NaN];
        Assert.All(expected.Zip(grey), pair => Assert.True(double.IsNaN(pair.First) ? double.IsNaN(pair.Second) : Math.Abs(pair.First - pair.Second) <= 1, $"{pair}"));
    }

    private static async Task AssertSameAsync(Dictionary<string, byte[]> files)
    {
        var expected = await ForeignImages.ReadAsync(files, TestContext.Current.CancellationToken);
        foreach (var (name, bytes) in files)
        {
            var ours = FitsReader.Read(bytes);
            var theirs = expected[name]!;
            Assert.Equal(((int)theirs["width"]!, (int)theirs["height"]!, (string?)theirs["unit"]), (ours.Width, ours.Height, ours.Unit));
            var pixels = ForeignImages.Numbers(theirs["pixels"]);
            Assert.Equal(pixels.Length, ours.Pixels.Count);
            for (var i = 0; i < pixels.Length; i++)
            {
                AssertNear(pixels[i], double.IsFinite(ours.Pixels[i]) ? ours.Pixels[i] : double.NaN, name);
            }

            var stretch = AsinhStretch.Of(ours)!.Value;
            AssertNear((double)theirs["low"]!, stretch.Black, name);
            AssertNear((double)theirs["high"]!, stretch.White, name);
        }
    }

    // astropy scales narrow pixels in 32 bits.
    private static void AssertNear(double expected, double actual, string name) => Assert.True(
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= Math.Abs(expected) * 1e-6,
        $"{name}: {expected} and not {actual}");
}
