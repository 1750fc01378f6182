namespace Fink.ScienceDb.Simulation;

/// <summary>The image of a star in the middle of a square of pixels: a Gaussian of sum 1.</summary>
internal static class PointSource
{
    public static double[] Profile(int side, double deviation)
    {
        var pixels = new double[side * side];
        var middle = (side - 1) / 2.0;
        for (var i = 0; i < pixels.Length; i++)
        {
            var x = i % side - middle;
            var y = i / side - middle;
            pixels[i] = Math.Exp(-((x * x) + (y * y)) / (2 * deviation * deviation)) / (2 * Math.PI * deviation * deviation);
        }

        return pixels;
    }
}
