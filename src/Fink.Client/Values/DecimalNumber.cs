using System.Globalization;
using System.Numerics;

namespace Fink.Client.Values;

/// <summary>Avro's decimal: a whole number in two's complement, the highest byte first, and where its point stands.</summary>
internal static class DecimalNumber
{
    /// <summary>False where it has more digits than .NET's decimal.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int scale, out decimal number) =>
        decimal.TryParse(Text(bytes, scale), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    public static string Text(ReadOnlySpan<byte> bytes, int scale)
    {
        var unscaled = new BigInteger(bytes, isUnsigned: false, isBigEndian: true);
        var digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = unscaled.Sign < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }
}
