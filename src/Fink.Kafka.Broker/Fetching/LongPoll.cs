using Fink.Kafka.Broker.Storage.Logs;

namespace Fink.Kafka.Broker.Fetching;

/// <summary>
/// One client's fetch, from its first look until its answer is sent. While it waits it holds no file and no thread, and a change
/// of a log costs it a look at how much there is now; records are looked for only when that may be enough.
/// </summary>
internal sealed class LongPoll(PartitionFetch[] partitions, FetchLimits limits) : ILogObserver, IDisposable
{
    private readonly WakeUp _wakeUp = new();
    private volatile bool _isTimeUp;

    /// <summary>In the order of the request.</summary>
    public ReadOnlySpan<PartitionFetch> Partitions => partitions;

    /// <summary>Reads until there is enough, a partition has something else to tell, or the time is up.</summary>
    public async ValueTask ReadAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        Read();
        if (!IsEnough() && limits.MaxWait > TimeSpan.Zero && partitions.Length > 0) await WaitAsync(time, cancellationToken);
    }

    /// <summary>A partition whose log went away while it was read or waited for.</summary>
    public void Fail(int partition, Protocol.ErrorCode error) => partitions[partition].Fail(error);

    public void Dispose()
    {
        foreach (ref var partition in partitions.AsSpan()) partition.Release();
    }

    void ILogObserver.Changed(PartitionLog log) => _wakeUp.Call();

    private async ValueTask WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        Dispose();
        using var timer = time.CreateTimer(poll => ((LongPoll)poll!).EndWait(), this, limits.MaxWait, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(poll => ((LongPoll)poll!)._wakeUp.Call(), this);
        try
        {
            foreach (ref readonly var partition in partitions.AsSpan()) partition.Log?.AddObserver(this);

            // What came before the logs were observed is seen by the first look.
            while (!IsEnoughNow())
            {
                await _wakeUp.NextAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            foreach (ref readonly var partition in partitions.AsSpan()) partition.Log?.RemoveObserver(this);
        }
    }

    private void EndWait()
    {
        _isTimeUp = true;
        _wakeUp.Call();
    }

    private bool IsEnoughNow()
    {
        var isTimeUp = _isTimeUp;
        if (!isTimeUp && !MayBeEnough()) return false;

        Read();
        if (isTimeUp || IsEnough()) return true;

        Dispose();
        return false;
    }

    private bool MayBeEnough()
    {
        var bytes = 0L;
        foreach (ref readonly var partition in partitions.AsSpan())
        {
            var here = partition.BytesAtMost();
            if (here < 0) return true;

            bytes += here;
        }

        return bytes >= limits.MinBytes;
    }

    /// <summary>The first batch of all may be larger than the limits; after it nothing is.</summary>
    private void Read()
    {
        var left = limits.MaxBytes;
        var isFirst = true;
        foreach (ref var partition in partitions.AsSpan())
        {
            partition.Read(left, atLeastOneBatch: isFirst);
            isFirst &= partition.Bytes == 0;
            left = Math.Max(0, left - partition.Bytes);
        }
    }

    private bool IsEnough()
    {
        var bytes = 0L;
        foreach (ref readonly var partition in partitions.AsSpan())
        {
            if (partition.IsDecided) return true;

            bytes += partition.Bytes;
        }

        return bytes >= limits.MinBytes;
    }
}
