using Fink.ScienceDb.Columns;

namespace Fink.Avro.Encoding;

/// <summary>The unit of a timestamp column: how many of it make a second.</summary>
internal interface ITimestampUnit
{
    static abstract long PerSecond { get; }
}

internal readonly struct Seconds : ITimestampUnit
{
    public static long PerSecond => 1;
}

internal readonly struct Milliseconds : ITimestampUnit
{
    public static long PerSecond => 1_000;
}

internal readonly struct Microseconds : ITimestampUnit
{
    public static long PerSecond => 1_000_000;
}

internal readonly struct Nanoseconds : ITimestampUnit
{
    public static long PerSecond => 1_000_000_000;
}

/// <summary>
/// A timestamp as Spark casts it to text, in UTC: <c>2019-11-04 03:18:00.5</c>, the fraction without trailing zeros and
/// left out when zero; years beyond 9999 carry a sign.
/// </summary>
internal readonly struct TimestampFormat<TUnit> : IScalarFormat
    where TUnit : struct, ITimestampUnit
{
    private const long SecondsPerDay = 86_400;
    private const int LongestText = 40;

    public static void Write(ColumnVector vector, long row, AvroBuffer buffer)
    {
        Span<byte> text = stackalloc byte[LongestText];
        buffer.WriteBytes(text[..Format(vector.Value<long>(row), text)]);
    }

    internal static int Format(long value, Span<byte> text)
    {
        var (seconds, fraction) = FloorDivide(value, TUnit.PerSecond);
        var (days, secondOfDay) = FloorDivide(seconds, SecondsPerDay);
        var length = FormatDate(days, text);
        text[length++] = (byte)' ';
        length += Digits(secondOfDay / 3600, 2, text[length..]);
        text[length++] = (byte)':';
        length += Digits(secondOfDay / 60 % 60, 2, text[length..]);
        text[length++] = (byte)':';
        length += Digits(secondOfDay % 60, 2, text[length..]);
        if (fraction == 0)
        {
            return length;
        }

        text[length++] = (byte)'.';
        for (var place = TUnit.PerSecond / 10; fraction > 0; place /= 10)
        {
            text[length++] = (byte)('0' + (fraction / place));
            fraction %= place;
        }

        return length;
    }

    /// <summary>Days since 1970 to the proleptic Gregorian date, by whole 400-year cycles that begin in March.</summary>
    private static int FormatDate(long days, Span<byte> text)
    {
        var (cycle, dayOfCycle) = FloorDivide(days + 719_468, 146_097);
        var yearOfCycle = (dayOfCycle - (dayOfCycle / 1460) + (dayOfCycle / 36_524) - (dayOfCycle / 146_096)) / 365;
        var dayOfYear = dayOfCycle - ((365 * yearOfCycle) + (yearOfCycle / 4) - (yearOfCycle / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        var year = yearOfCycle + (cycle * 400) + (month <= 2 ? 1 : 0);

        var length = 0;
        if (year is < 0 or > 9999)
        {
            text[length++] = year < 0 ? (byte)'-' : (byte)'+';
        }

        length += Digits(Math.Abs(year), 4, text[length..]);
        text[length++] = (byte)'-';
        length += Digits(month, 2, text[length..]);
        text[length++] = (byte)'-';
        return length + Digits(day, 2, text[length..]);
    }

    private static (long Quotient, long Remainder) FloorDivide(long value, long divisor)
    {
        var (quotient, remainder) = Math.DivRem(value, divisor);
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder);
    }

    private static int Digits(long value, int least, Span<byte> text)
    {
        var count = least;
        for (var rest = value; rest >= Power(count); count++)
        {
        }

        for (var at = count - 1; at >= 0; at--)
        {
            text[at] = (byte)('0' + (value % 10));
            value /= 10;
        }

        return count;
    }

    private static long Power(int digits)
    {
        var power = 1L;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }
}
