using System.IO.Compression;

namespace Fink.ScienceDb.Simulation;

/// <summary>ZTF's cutouts: 63 by 63 float32 pixels, one FITS image each, gzipped to about 14 kB.</summary>
internal sealed class ZtfStampMaker : StampMaker
{
    private const int Side = 63;
    private const int Pixels = Side * Side;

    private static readonly string[] Cards = ["BUNIT   = 'DN      '"];
    private static readonly float[] Star = [.. PointSource.Profile(Side, 1.1).Select(value => (float)value)];

    public override Stamps Make(long alert)
    {
        var noise = new Noise(alert);
        Span<float> science = stackalloc float[Pixels];
        Span<float> template = stackalloc float[Pixels];
        Span<float> difference = stackalloc float[Pixels];
        var sky = 120 + (80 * noise.Uniform());
        var host = 4000 * noise.Uniform() * noise.Uniform();
        var change = 400 + (6000 * noise.Uniform() * noise.Uniform());
        for (var i = 0; i < Pixels; i++)
        {
            template[i] = sky + (host * Star[i]) + (2 * noise.Bell());
            difference[i] = (change * Star[i]) + (9 * noise.Bell());
            science[i] = template[i] + difference[i];
        }

        return new Stamps(Pack(science), Pack(template), Pack(difference));
    }

    private static byte[] Pack(ReadOnlySpan<float> pixels)
    {
        var fits = new FitsWriter(FitsWriter.SizeOf(Pixels, sizeof(float)));
        fits.Image(pixels, Side, Cards);
        using var packed = new MemoryStream(fits.Written.Length);
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(fits.Written);
        }

        return packed.ToArray();
    }
}
