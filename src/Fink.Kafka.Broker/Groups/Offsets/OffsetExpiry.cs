using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Requests;

namespace Fink.Kafka.Broker.Groups.Offsets;

/// <summary>When what a group committed is forgotten.</summary>
internal static class OffsetExpiry
{
    public static List<TopicPartition> Expired(
        ClassicGroup group, OffsetStore offsets, TimeSpan retention, DateTimeOffset now)
    {
        if (offsets.Of(group.Id) is not { } committed) return [];
        return [.. committed
            .Where(entry => IsExpired(group, entry.Key.Topic, entry.Value, retention, now))
            .Where(entry => !offsets.Staged.HasAny(group.Id, entry.Key))
            .Select(entry => entry.Key)];
    }

    private static bool IsExpired(
        ClassicGroup group, string topic, CommittedOffset offset, TimeSpan retention, DateTimeOffset now)
    {
        // A group without members keeps all until it was empty for that long; one that never had members, and one whose
        // members stopped reading a topic, from each commit on.
        DateTimeOffset? unusedSince = group switch
        {
            { ProtocolType: null } => offset.CommittedAt,
            { State: GroupState.Empty } => group.StateSince,
            { State: GroupState.Stable, IsConsumerGroup: true } when !group.IsSubscribedTo(topic) => offset.CommittedAt,
            _ => null,
        };
        return unusedSince is { } since && now >= (offset.ExpiresAt ?? since + retention);
    }
}
