namespace Fink.Kafka.Broker.Fetching;

/// <summary>
/// What answers with records hold in memory, all connections together, from their reading until their clients have taken them. A fetch
/// gets what is left of the limit, and at least its first batch: nobody waits for a client that does not read.
/// </summary>
/// <param name="limit">In bytes.</param>
internal sealed class FetchMemory(long limit)
{
    private long _held;

    private long Limit => limit;

    public Lease Lend() => new(this);

    /// <summary>One answer's part. Given back when it is disposed, at once or by the connection.</summary>
    internal sealed class Lease(FetchMemory memory) : IDisposable
    {
        private long _bytes;

        /// <summary>How much of so many bytes may be read; 0 where nothing is left.</summary>
        public int Take(int wanted)
        {
            Keep(0);
            for (var held = Interlocked.Read(ref memory._held); ;)
            {
                var granted = Math.Clamp(memory.Limit - held, 0, wanted);
                var before = Interlocked.CompareExchange(ref memory._held, held + granted, held);
                if (before == held)
                {
                    _bytes = granted;
                    return (int)granted;
                }

                held = before;
            }
        }

        /// <summary>So many were read: fewer than were taken, or more where the first batch was larger.</summary>
        public void Keep(long bytes)
        {
            Interlocked.Add(ref memory._held, bytes - _bytes);
            _bytes = bytes;
        }

        public void Dispose() => Keep(0);
    }
}
