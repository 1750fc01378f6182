using Fink.Kafka.Broker.Metadata;

namespace Fink.Kafka.Broker.Producers;

/// <summary>
/// Hands out producer ids, none twice in the life of a data folder. They are reserved in blocks, so that the disk is asked once for
/// many; what is left of a block when the broker stops is never used.
/// </summary>
internal sealed class ProducerIds(MetadataStore metadata)
{
    private const int BlockSize = 1000;

    private readonly Lock _handing = new();
    private long _next;
    private long _end;

    /// <exception cref="IOException">No further block could be reserved.</exception>
    public long Next()
    {
        lock (_handing)
        {
            if (_next == _end)
            {
                _next = metadata.Update(image => Reserve(image.NextProducerId));
                _end = _next + BlockSize;
            }

            return _next++;
        }
    }

    private static (IReadOnlyList<MetadataChange> Changes, long First) Reserve(long first) =>
        ([new MetadataChange.ProducerIdsReserved(first + BlockSize)], first);
}
