using System.Globalization;

namespace Fink.Viewer.LightCurves;

/// <summary>Where a value stands on an axis, and which values are written beside it.</summary>
/// <param name="First">The value at the beginning.</param>
/// <param name="Last">The value at the end; never equal to the first.</param>
public readonly record struct Scale(double First, double Last)
{
    private static readonly int[] Digits = [1, 2, 5, 10];

    /// <summary>From the first look to the last, or a day where there is one only.</summary>
    public static Scale OfDays(LightCurve curve)
    {
        var first = curve.Measurements.Min(measurement => measurement.Day);
        var last = curve.Measurements.Max(measurement => measurement.Day);
        return new Scale(last - first > 1e-6 ? first : first - 1, last);
    }

    /// <summary>From the brightest to the faintest with some room, and half a magnitude at the least.</summary>
    /// <param name="withErrors">Whether bars of errors have room too; those of more than half a magnitude are cut.</param>
    public static Scale OfMagnitudes(LightCurve curve, bool withErrors = false)
    {
        double Bar(Measurement measurement) => withErrors ? Math.Min(measurement.Error ?? 0, 0.5) : 0;

        var brightest = curve.Measurements.Min(measurement => measurement.Magnitude - Bar(measurement));
        var faintest = curve.Measurements.Max(measurement => measurement.Magnitude + Bar(measurement));
        var pad = Math.Max(0.05, 0.25 - ((faintest - brightest) / 2));
        return new Scale(brightest - pad, faintest + pad);
    }

    /// <returns>0 at the first value, 1 at the last, and never beyond.</returns>
    public double PlaceOf(double value) => Math.Clamp((value - First) / (Last - First), 0, 1);

    /// <summary>Of so many cells.</summary>
    public int CellOf(double value, int cells) => (int)Math.Round(PlaceOf(value) * (cells - 1));

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
