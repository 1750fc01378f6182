namespace Fink.Kafka.Broker.Storage.Disks;

/// <summary>
/// Says that the disk refuses what is asked of it: once when that begins and once when it is over, however many requests fail in
/// between. Safe for any number of threads.
/// </summary>
/// <param name="what">What is refused, in the plural.</param>
internal sealed class DiskTrouble(string what, TimeProvider time, Action<string> report)
{
    /// <summary>A disk that is nearly full takes one write and refuses the next: it is over once nothing was refused for so long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private volatile bool _isThere;
    private long _lastRefusal;
    private long _refusals;

    public void Refused(string path, IOException e)
    {
        lock (_lock)
        {
            _lastRefusal = time.GetTimestamp();
            _refusals++;
            if (_isThere) return;

            _isThere = true;
        }

        report(
            $"The disk refuses {what}, first of {path}: {e.Message} Requests for them fail, which is not said again until it is over; make room, or look after the disk.");
    }

    /// <summary>Something was written. Costs next to nothing while nothing is refused.</summary>
    public void Taken()
    {
        if (!_isThere) return;

        long refusals;
        lock (_lock)
        {
            if (!_isThere || time.GetElapsedTime(_lastRefusal) < Quiet) return;

            _isThere = false;
            (refusals, _refusals) = (_refusals, 0);
        }

        report($"The disk takes {what} again; {refusals} requests had failed.");
    }
}
