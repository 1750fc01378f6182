using System.Globalization;
using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>
/// Moves a group's place. While the group gives its partitions anew nobody's place can be moved: a commit waits until that
/// is over, and is made where the partition is this member's then.
/// </summary>
/// <param name="send">Throws what the cluster answers.</param>
/// <param name="attend">Hears for a moment what the group says, or waits while somebody else does.</param>
internal sealed class GroupCommits(
    AlertConsumerOptions options,
    GroupPlaces places,
    Action<IReadOnlyList<TopicPartitionOffset>> send,
    Action<CancellationToken> attend,
    TimeProvider timeProvider)
{
    /// <summary>What librdkafka lets a member rest; a group waits for none of its members longer.</summary>
    private static readonly TimeSpan DefaultRest = TimeSpan.FromMinutes(5);

    // A group that is at rest again by the time that the refusal comes says nothing more.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _limit = ConsumerSettings.Of(options).MaxPollIntervalMs is { } rest ? TimeSpan.FromMilliseconds(rest) : DefaultRest;

    /// <summary>Whether the cluster refused because the group is giving its partitions anew, or has done so without this member.</summary>
    public static bool IsOfRebalance(Error error) =>
        error.Code is ErrorCode.IllegalGeneration or ErrorCode.RebalanceInProgress or ErrorCode.UnknownMemberId;

    /// <returns>Those that are committed; the others are other members' to move, or are moved past there already.</returns>
    /// <exception cref="AlertReadException">The group did not come to rest.</exception>
    public List<TopicPartitionOffset> Commit(List<TopicPartitionOffset> wanted, CancellationToken cancellationToken)
    {
        var began = timeProvider.GetTimestamp();
        while (true)
        {
            var round = places.Rounds;
            if (!IsAnyOpen(wanted))
            {
                var ours = wanted.FindAll(places.Moves);
                if (ours.Count == 0 || IsTaken(ours))
                {
                    return ours;
                }
            }

            Wait(wanted, round, began, cancellationToken);
        }
    }

    private bool IsTaken(List<TopicPartitionOffset> ours)
    {
        try
        {
            send(ours);
            return true;
        }
        catch (KafkaException e) when (IsOfRebalance(e.Error))
        {
            return false;
        }
    }

    private void Wait(List<TopicPartitionOffset> wanted, int round, long began, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (timeProvider.GetElapsedTime(began) > _limit)
            {
                throw new AlertReadException(AlertReadFailure.TimedOut, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Cannot commit the place of group {options.Group} in {string.Join(", ", options.Topics)} at {options.Connection.Servers}: for {_limit.TotalSeconds:0.###} s the group has been giving its partitions to its members anew (max.poll.interval.ms). What is not committed comes again."));
            }

            attend(cancellationToken);
        }
        while (IsAnyOpen(wanted) || (places.Rounds == round && timeProvider.GetElapsedTime(since) < Pause));
    }

    private bool IsAnyOpen(List<TopicPartitionOffset> wanted) => wanted.Exists(place => places.IsOpen(place.TopicPartition));
}
