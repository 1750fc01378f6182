using System.Globalization;
using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>
/// Topics may get more partitions while they are read. All that is in these came since, and is read from its beginning,
/// wherever the others were begun. A group gives them to its members; who reads without one looks for them.
/// </summary>
internal sealed class TopicGrowth(AlertConsumerOptions options, TimeProvider timeProvider)
{
    private const string Interval = "topic.metadata.refresh.interval.ms";

    /// <summary>How often librdkafka itself looks, for a group.</summary>
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(5);

    private readonly TimeSpan? _interval = IntervalOf(options);
    private HashSet<TopicPartition> _known = [];
    private long _lastLook;

    /// <summary>Whether it is time to look. Who reads up to what was the end, or one place, wants nothing that is added.</summary>
    public bool IsDue => _interval is { } interval && timeProvider.GetElapsedTime(_lastLook) > interval;

    /// <summary>What there is at the start.</summary>
    public void Begin(List<TopicPartition> partitions)
    {
        _known = [.. partitions];
        _lastLook = timeProvider.GetTimestamp();
    }

    /// <summary>Of those that there are now, the ones that were not there at the last look.</summary>
    public List<TopicPartition> Added(List<TopicPartition> partitions)
    {
        _lastLook = timeProvider.GetTimestamp();
        return partitions.FindAll(_known.Add);
    }

    /// <param name="from">Where those begin that were there at the start.</param>
    public List<TopicPartitionOffset> Starts(List<TopicPartition> partitions, StartOffsets starts, StartPosition from) =>
        [.. starts.Of(partitions.FindAll(_known.Contains), from), .. starts.Of(partitions.FindAll(p => !_known.Contains(p)), StartPosition.Beginning)];

    private static TimeSpan? IntervalOf(AlertConsumerOptions options)
    {
        if (options.Group is not null || options.UntilEnd || options.From is StartPosition.FromPlace)
        {
            return null;
        }

        return !options.Connection.Settings.TryGetValue(Interval, out var set) ? DefaultInterval
            : int.TryParse(set, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) && ms >= 0 ? TimeSpan.FromMilliseconds(ms)
            : null;
    }
}
