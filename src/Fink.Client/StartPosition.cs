using System.Globalization;

namespace Fink.Client;

/// <summary>
/// Where reading starts in every partition that there is; with a group, only where it has committed nothing. A partition that
/// a topic gets later is read from its beginning.
/// </summary>
public abstract record StartPosition
{
    private static readonly string[] IsoForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss",
    ];

    private StartPosition()
    {
    }

    public static StartPosition Beginning { get; } = new FromBeginning();

    public static StartPosition End { get; } = new FromEnd();

    public static StartPosition At(long offset) => new FromOffset(offset);

    /// <summary>This alert, or the next one of its partition where it is not there any more; no other partition is read.</summary>
    public static StartPosition At(AlertPosition place) => new FromPlace(place);

    /// <summary>The first alert that was sent at this time or later.</summary>
    public static StartPosition Since(DateTimeOffset time) => new FromTime(time);

    /// <summary>`beginning`, `end`, an offset, `@` and milliseconds since 1970, or an ISO 8601 time (UTC if it says no zone).</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static StartPosition Parse(string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "beginning":
                return Beginning;
            case "end":
                return End;
        }

        if (text.StartsWith('@') && long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            return Since(DateTimeOffset.FromUnixTimeMilliseconds(ms));
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return At(offset);
        }

        return DateTimeOffset.TryParseExact(
            text, IsoForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Since(time)
            : throw new FormatException(
                $"'{text}' is not a place to start: beginning, end, an offset, @MILLISECONDS or a time such as "
                + "2024-03-01T20:00:00Z.");
    }

    internal sealed record FromBeginning : StartPosition;

    internal sealed record FromEnd : StartPosition;

    internal sealed record FromOffset(long Offset) : StartPosition;

    internal sealed record FromPlace(AlertPosition Place) : StartPosition;

    internal sealed record FromTime(DateTimeOffset Time) : StartPosition;
}
