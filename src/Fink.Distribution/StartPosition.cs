using System.Globalization;

namespace Fink.Distribution;

/// <summary>Where a job starts: DISTRIBUTION_OFFSET.</summary>
public sealed record StartPosition
{
    private StartPosition(bool fromBeginning, DateTimeOffset? since) => (FromBeginning, Since) = (fromBeginning, since);

    /// <summary>Goes on where the job stopped.</summary>
    public static StartPosition Latest { get; } = new(false, null);

    /// <summary>Sends everything that the source holds, again where it was sent before.</summary>
    public static StartPosition Earliest { get; } = new(true, null);

    public bool FromBeginning { get; }

    /// <summary>Files last written before this are passed over; null for none.</summary>
    public DateTimeOffset? Since { get; }

    /// <summary>Goes on where the job stopped and passes over files last written before <paramref name="time"/>.</summary>
    public static StartPosition After(DateTimeOffset time) => new(false, time);

    /// <summary>Reads <c>latest</c>, <c>earliest</c> or milliseconds since 1970; null when it is none of them.</summary>
    public static StartPosition? Parse(string text) => text.Trim() switch
    {
        "latest" => Latest,
        "earliest" => Earliest,
        var other => TimeOf(other) is { } time ? After(time) : null,
    };

    internal static DateTimeOffset? TimeOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
