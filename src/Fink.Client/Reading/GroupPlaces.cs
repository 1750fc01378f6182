using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>
/// Where this member of a group goes on in each partition that is its own. From when the group takes a partition until it
/// has given all of them anew, whose it is is open. One that comes back is gone on with where it was left, however it went,
/// unless somebody else has moved the group's place on meanwhile: what is before that is done. May be asked from anywhere.
/// </summary>
internal sealed class GroupPlaces
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TopicPartition, Place> _places = [];

    /// <summary>How often the group has given partitions so far.</summary>
    public int Rounds { get; private set; }

    /// <summary>Whether the group took the partition, and has not told whose it is now.</summary>
    public bool IsOpen(TopicPartition partition) => Ask(partition, place => place.IsOpen);

    /// <summary>Whether the message there was handed on, and its partition has, as far as is known, been our own ever since.</summary>
    public bool Holds(TopicPartitionOffset message) =>
        Ask(message.TopicPartition, place => place.Begin <= message.Offset.Value && message.Offset.Value < place.Next);

    public void HandedOn(TopicPartitionOffset message)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(message.TopicPartition, out var place))
            {
                _places[message.TopicPartition] = place = new Place(message.Offset.Value);
            }

            place.Next = message.Offset.Value + 1;
            place.Handed = place.Next;
        }
    }

    public void GoesOnAt(TopicPartitionOffset there)
    {
        lock (_lock)
        {
            if (_places.TryGetValue(there.TopicPartition, out var place))
            {
                place.Next = there.Offset.Value;
                place.Begin = Math.Min(place.Begin, place.Next);
            }
            else
            {
                _places[there.TopicPartition] = new Place(there.Offset.Value);
            }
        }
    }

    /// <summary>Past what was handed on of each partition, where the group's place is not there.</summary>
    public List<TopicPartitionOffset> Handed()
    {
        lock (_lock)
        {
            return [.. _places.Where(one => one.Value.Handed is { } handed && handed != one.Value.Committed)
                .Select(one => new TopicPartitionOffset(one.Key, one.Value.Handed!.Value))];
        }
    }

    /// <summary>
    /// The group's place is to be there, as far as it is ours to move: not where another member has the partition, and not
    /// back behind what others have done.
    /// </summary>
    public bool Moves(TopicPartitionOffset next)
    {
        lock (_lock)
        {
            if (!_places.TryGetValue(next.TopicPartition, out var place) || next.Offset.Value < place.Begin)
            {
                return false;
            }

            place.Committed = next.Offset.Value;
            return true;
        }
    }

    /// <summary>The group takes these, to give them to somebody; or has gone on without this member.</summary>
    public void Taken(List<TopicPartitionOffset> partitions)
    {
        lock (_lock)
        {
            foreach (var partition in partitions)
            {
                if (_places.TryGetValue(partition.TopicPartition, out var place))
                {
                    place.IsOpen = true;
                }
            }
        }
    }

    /// <summary>The group has given these to this member; what is still open is another's then.</summary>
    /// <param name="begin">Where those begin that were not ours.</param>
    /// <param name="committed">The group's place in those that were.</param>
    /// <returns>Where each of them is read from.</returns>
    public List<TopicPartitionOffset> Assigned(
        List<TopicPartition> partitions,
        Func<List<TopicPartition>, List<TopicPartitionOffset>> begin,
        Func<List<TopicPartition>, List<TopicPartitionOffset>> committed)
    {
        // Both ask the cluster, so that nobody may be kept waiting.
        var fresh = begin(partitions.FindAll(partition => !Ask(partition, _ => true)));
        var back = committed(partitions.FindAll(partition => Ask(partition, _ => true)));
        lock (_lock)
        {
            fresh.ForEach(start => _places[start.TopicPartition] = new Place(start.Offset.Value));
            back.ForEach(place => _places[place.TopicPartition].ComesBack(place.Offset.Value));
            foreach (var gone in _places.Where(one => one.Value.IsOpen).Select(one => one.Key).ToList())
            {
                _places.Remove(gone);
            }

            Rounds++;
            return [.. partitions.Select(partition => new TopicPartitionOffset(partition, _places[partition].Next))];
        }
    }

    private bool Ask(TopicPartition partition, Func<Place, bool> question)
    {
        lock (_lock)
        {
            return _places.TryGetValue(partition, out var place) && question(place);
        }
    }

    /// <summary>Offsets in a partition.</summary>
    private sealed class Place(long begin)
    {
        /// <summary>The first one that is this member's to tell of.</summary>
        public long Begin { get; set; } = begin;

        /// <summary>The next one to hand on.</summary>
        public long Next { get; set; } = begin;

        /// <summary>Past the last one that was handed on.</summary>
        public long? Handed { get; set; }

        /// <summary>Where this member found or wanted the group's place last, whether or not the cluster's answer came.</summary>
        public long Committed { get; set; } = begin;

        public bool IsOpen { get; set; }

        /// <param name="committed">The group's place; negative where it has none.</param>
        public void ComesBack(long committed)
        {
            IsOpen = false;
            if (committed > Committed)
            {
                Begin = Math.Max(Begin, committed);
                Next = Math.Max(Next, committed);
                Committed = committed;
            }
        }
    }
}
