namespace Fink.Client;

/// <summary>Where reading starts in every partition; with a group, only where it has committed nothing.</summary>
public abstract record StartPosition
{
    private StartPosition()
    {
    }

    public static StartPosition Beginning { get; } = new FromBeginning();

    public static StartPosition End { get; } = new FromEnd();

    public static StartPosition At(long offset) => new FromOffset(offset);

    /// <summary>The first alert that was sent at this time or later.</summary>
    public static StartPosition Since(DateTimeOffset time) => new FromTime(time);

    /// <summary>`beginning`, `end`, an offset, `@` and milliseconds since 1970, or an ISO 8601 time (UTC if it says no zone).</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static StartPosition Parse(string text) => throw new NotImplementedException();

    internal sealed record FromBeginning : StartPosition;

    internal sealed record FromEnd : StartPosition;

    internal sealed record FromOffset(long Offset) : StartPosition;

    internal sealed record FromTime(DateTimeOffset Time) : StartPosition;
}
