using System.Globalization;

namespace Fink.Cli.Output;

/// <summary>A number of bytes for people, in powers of 1000.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    public static string Format(long bytes)
    {
        double number = bytes;
        var unit = 0;
        while (number >= 1000 && unit < Units.Length - 1)
        {
            number /= 1000;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {Units[unit]}");
    }
}
