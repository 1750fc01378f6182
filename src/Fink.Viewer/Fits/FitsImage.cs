namespace Fink.Viewer.Fits;

/// <summary>A grey image.</summary>
/// <param name="Width">NAXIS1.</param>
/// <param name="Height">NAXIS2.</param>
/// <param name="Pixels">
/// Physical values, <paramref name="Width"/> a row. The first row is the lowest, as FITS has it; NaN is no data.
/// </param>
/// <param name="Unit">BUNIT, or null where the header has none.</param>
public sealed record FitsImage(int Width, int Height, IReadOnlyList<double> Pixels, string? Unit);
