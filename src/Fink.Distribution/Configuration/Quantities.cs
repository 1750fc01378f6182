using System.Globalization;

namespace Fink.Distribution.Configuration;

/// <summary>Sizes and durations as people write them.</summary>
internal static class Quantities
{
    public const string DurationForm =
        "write a whole number with a unit (30s, 90m, 12h, 7d, 2w), or 'forever'";

    public const string SizeForm =
        "write a whole number of bytes up to 2147483647, or one with a unit (500kB, 10MB, or 10MiB)";

    private static readonly Dictionary<string, TimeSpan> DurationUnits = new(StringComparer.Ordinal)
    {
        ["ms"] = TimeSpan.FromMilliseconds(1),
        ["s"] = TimeSpan.FromSeconds(1),
        ["m"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1),
        ["w"] = TimeSpan.FromDays(7),
    };

    private static readonly Dictionary<string, int> SizeUnits = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = 1,
        ["B"] = 1,
        ["kB"] = 1000,
        ["MB"] = 1000 * 1000,
        ["GB"] = 1000 * 1000 * 1000,
        ["KiB"] = 1 << 10,
        ["MiB"] = 1 << 20,
        ["GiB"] = 1 << 30,
    };

    public static TimeSpan? Duration(string text)
    {
        if (text is "forever" or "-1")
        {
            return Timeout.InfiniteTimeSpan;
        }

        if (Split(text) is not var (number, unit) || !DurationUnits.TryGetValue(unit, out var scale) || number == 0)
        {
            return null;
        }

        return number <= TimeSpan.MaxValue.Ticks / scale.Ticks ? scale * number : null;
    }

    public static int? Size(string text) =>
        Split(text) is var (number, unit)
        && SizeUnits.TryGetValue(unit, out var scale)
        && number > 0
        && number <= int.MaxValue / scale
            ? (int)(number * scale)
            : null;

    /// <summary>A count from 1 up to <paramref name="maximum"/>.</summary>
    public static int? Count(string text, int maximum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count >= 1
        && count <= maximum
            ? count
            : null;

    private static (long Number, string Unit)? Split(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, text[digits..].Trim())
            : null;
    }
}
