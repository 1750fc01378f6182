using System.Globalization;

namespace Fink.Cli.LightCurves;

/// <summary>Where a value stands on an axis of so many cells, and which values are written beside it.</summary>
/// <param name="First">The value at cell 0.</param>
/// <param name="Last">The value at the last cell; never equal to the first.</param>
internal readonly record struct Scale(double First, double Last, int Cells)
{
    private static readonly int[] Digits = [1, 2, 5, 10];

    public int CellOf(double value) =>
        Math.Clamp((int)Math.Round((value - First) / (Last - First) * (Cells - 1)), 0, Cells - 1);

    /// <summary>Round values, at most so many, with the decimals that tell them apart.</summary>
    public IReadOnlyList<(double Value, string Text)> Marks(int most)
    {
        var step = Step(Math.Abs(Last - First) / Math.Max(1, most));
        var decimals = Math.Max(0, (int)Math.Ceiling(-Math.Log10(step) - 1e-9));
        var (low, high) = First < Last ? (First, Last) : (Last, First);
        var marks = new List<(double, string)>();
        for (var i = (long)Math.Ceiling((low / step) - 1e-9); i * step <= high + (step * 1e-9); i++)
        {
            // Adding up steps would drift; and no axis says -0.
            var value = i * step;
            marks.Add((value, (i == 0 ? 0 : value).ToString("F" + decimals, CultureInfo.InvariantCulture)));
        }

        return marks;
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that is not below.</summary>
    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return Digits.Select(digit => digit * power).First(step => step >= least * (1 - 1e-9));
    }
}
