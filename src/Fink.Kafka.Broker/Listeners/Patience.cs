namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// How long a connection may keep the broker waiting: for a login, for a request, for the rest of one, for room to send. Set by the
/// connection's own loop, looked at by <see cref="ConnectionTable"/>.
/// </summary>
internal sealed class Patience(TimeProvider time)
{
    private const long Endless = long.MaxValue;

    /// <summary>Slower than this is not slow but stuck, once a grace is over; and so is whoever stops for as long as the grace.</summary>
    private const int BytesPerSecond = 4 * 1024;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private long _deadline = Endless;
    private long _limit = Endless;

    public bool IsOver => time.GetTimestamp() >= Math.Min(Volatile.Read(ref _deadline), Volatile.Read(ref _limit));

    /// <summary>Everything until <see cref="Unlimited"/> together must not take longer.</summary>
    public void Limit(TimeSpan span) => Volatile.Write(ref _limit, After(span));

    public void Unlimited() => Volatile.Write(ref _limit, Endless);

    public void WaitFor(TimeSpan span) => Volatile.Write(ref _deadline, After(span));

    /// <summary>For the bytes of a request, which hold memory that others may need: how many are announced makes nobody wait longer.</summary>
    public void WaitForBytes() => WaitFor(Grace);

    /// <summary>So many of them have come.</summary>
    public void Came(long bytes)
    {
        var earned = Volatile.Read(ref _deadline) + (long)((double)bytes / BytesPerSecond * time.TimestampFrequency);
        Volatile.Write(ref _deadline, Math.Min(earned, After(Grace)));
    }

    /// <summary>It is the broker's turn.</summary>
    public void Rest() => Volatile.Write(ref _deadline, Endless);

    private long After(TimeSpan span) => span == Timeout.InfiniteTimeSpan
        ? Endless
        : time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);
}
