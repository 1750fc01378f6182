namespace Fink.ScienceDb.Simulation;

/// <summary>
/// Rubin's cutouts: plain FITS files of 34,560 bytes (the template 40,320): the image and its variance, 30 by 30 float32
/// pixels, and the point spread function as float64.
/// </summary>
internal sealed class RubinStampMaker : StampMaker
{
    private const int Side = 30;
    private const int Pixels = Side * Side;
    private const int SpreadSide = 41;
    private const int TemplateSpreadSide = 49;

    private static readonly string[] ImageCards = ["EXTEND  =                    T", "BUNIT   = 'nJy     '"];
    private static readonly string[] VarianceCards = ["UTYPE   = 'VarianceUncertainty'", "EXTNAME = 'UNCERT  '"];
    private static readonly string[] SpreadCards = ["EXTNAME = 'PSFIMAGE'"];
    private static readonly double[] Star = PointSource.Profile(Side, 1.8);
    private static readonly double[] Spread = PointSource.Profile(SpreadSide, 1.8);
    private static readonly double[] TemplateSpread = PointSource.Profile(TemplateSpreadSide, 1.7);

    public override Stamps Make(long alert)
    {
        var noise = new Noise(alert);
        Span<float> science = stackalloc float[Pixels];
        Span<float> template = stackalloc float[Pixels];
        Span<float> difference = stackalloc float[Pixels];
        var host = 30000 * noise.Uniform() * noise.Uniform();
        var change = 1000 + (40000 * noise.Uniform() * noise.Uniform());
        for (var i = 0; i < Pixels; i++)
        {
            template[i] = (float)(host * Star[i]) + (20 * noise.Bell());
            difference[i] = (float)(change * Star[i]) + (60 * noise.Bell());
            science[i] = template[i] + difference[i];
        }

        return new Stamps(
            Pack(science, 3600, Spread, SpreadSide, ref noise),
            Pack(template, 400, TemplateSpread, TemplateSpreadSide, ref noise),
            Pack(difference, 4000, Spread, SpreadSide, ref noise));
    }

    private static byte[] Pack(
        ReadOnlySpan<float> pixels, float variance, double[] spread, int spreadSide, ref Noise noise)
    {
        Span<float> uncertainty = stackalloc float[Pixels];
        foreach (ref var pixel in uncertainty)
        {
            pixel = variance * (1 + (0.05f * noise.Bell()));
        }

        var fits = new FitsWriter(
            (2 * FitsWriter.SizeOf(Pixels, sizeof(float))) + FitsWriter.SizeOf(spread.Length, sizeof(double)));
        fits.Image(pixels, Side, ImageCards);
        fits.Image(uncertainty, Side, VarianceCards, isExtension: true);
        fits.Image(spread, spreadSide, SpreadCards, isExtension: true);
        return fits.Written.ToArray();
    }
}
