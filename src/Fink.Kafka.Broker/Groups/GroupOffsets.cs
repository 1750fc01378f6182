using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Journalling;
using Fink.Kafka.Broker.Groups.Offsets;
using Fink.Kafka.Broker.Groups.Rebalancing;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups;

/// <summary>How far groups have read: committed by their members or by hand, fetched, deleted, forgotten after a while.</summary>
internal sealed class GroupOffsets
{
    /// <summary>Longer ones are beyond timers.</summary>
    private static readonly TimeSpan LongestCheckInterval = TimeSpan.FromDays(30);

    private readonly Lock _gate;
    private readonly GroupRegistry _registry;
    private readonly GroupLog _log;
    private readonly GroupOptions _options;
    private readonly Deadlines _deadlines;
    private readonly Rebalance _rebalance;
    private readonly Deadline _nextExpiry;
    private readonly TimeSpan _checkInterval;
    private bool _isStopped;

    public GroupOffsets(
        Lock gate, GroupRegistry registry, GroupLog log, GroupOptions options, Deadlines deadlines, Rebalance rebalance)
    {
        _gate = gate;
        _registry = registry;
        _log = log;
        _options = options;
        _deadlines = deadlines;
        _rebalance = rebalance;
        _nextExpiry = deadlines.New("the offsets that expire", Expire, SetNextExpiry);
        _checkInterval = options.OffsetsRetentionCheckInterval < LongestCheckInterval
            ? options.OffsetsRetentionCheckInterval
            : LongestCheckInterval;
        SetNextExpiry();
    }

    /// <summary>Each partition's outcome; what is refused of the whole commit is every partition's error.</summary>
    public IReadOnlyList<PartitionError> Commit(OffsetCommit commit)
    {
        var outcome = CommitUnderGate(commit);
        _registry.SnapshotIfDue(_gate);
        return outcome;
    }

    /// <summary>
    /// Keeps what a transaction will commit. Members are fenced as for a commit, but a rebalance refuses nothing: the
    /// producer of an older client does not say whose offsets it commits.
    /// </summary>
    public IReadOnlyList<PartitionError> Stage(long producerId, OffsetCommit commit)
    {
        lock (_gate)
        {
            var group = _registry.Find(commit.GroupId);
            if (group is null && commit.Member.Generation < 0) group = _registry.TryCreate(commit.GroupId);
            else if (group is null) return All(commit, ErrorCode.IllegalGeneration);
            if (group is null || _isStopped) return All(commit, ErrorCode.CoordinatorNotAvailable);
            if (commit.Member != MemberIdentity.None && !IsByHand(group, commit.Member)
                && ValidateMember(group, commit.Member) is var error and not ErrorCode.None)
            {
                return All(commit, error);
            }
            var offsets = Accepted(commit);
            if (offsets.Count > 0 && !_log.TryStage(producerId, group.Id, offsets))
            {
                return All(commit, ErrorCode.CoordinatorNotAvailable);
            }
            if (offsets.Count > 0) _registry.Offsets.Staged.Add(producerId, group.Id, offsets);
            return PerPartition(commit);
        }
    }

    /// <summary>Commits or drops what the producer staged. Repeating it does nothing.</summary>
    /// <returns>False where it could not be written down: the offsets stay staged.</returns>
    public bool EndTransaction(long producerId, bool isCommit)
    {
        lock (_gate)
        {
            if (!_registry.Offsets.Staged.Has(producerId)) return true;
            if (!_log.TryEndTransaction(producerId, isCommit)) return false;
            _registry.Offsets.EndTransaction(producerId, isCommit);
        }
        _registry.SnapshotIfDue(_gate);
        return true;
    }

    /// <param name="partitions">Null for all that the group committed.</param>
    /// <param name="requireStable">Whether an offset in an open transaction is UNSTABLE_OFFSET_COMMIT.</param>
    public IReadOnlyList<FetchedOffset> Fetch(
        string groupId, IReadOnlyList<TopicPartition>? partitions, bool requireStable)
    {
        lock (_gate) return _registry.Offsets.Fetch(groupId, partitions, requireStable);
    }

    /// <summary>Forgets offsets of topics that no member reads.</summary>
    public OffsetDeletion Delete(string groupId, IReadOnlyList<TopicPartition> partitions)
    {
        lock (_gate)
        {
            if (_registry.FindAsDue(groupId) is not { } group) return new OffsetDeletion(ErrorCode.GroupIdNotFound, []);
            if (group.State != GroupState.Empty && !group.IsConsumerGroup)
            {
                return new OffsetDeletion(ErrorCode.NonEmptyGroup, []);
            }
            List<PartitionError> outcome = [.. partitions.Select(partition => new PartitionError(
                partition,
                group.IsSubscribedTo(partition.Topic) ? ErrorCode.GroupSubscribedToTopic : ErrorCode.None))];
            List<TopicPartition> deleted =
                [.. outcome.Where(entry => entry.Error == ErrorCode.None).Select(entry => entry.Partition)];
            return TryForget(groupId, deleted)
                ? new OffsetDeletion(ErrorCode.None, outcome)
                : new OffsetDeletion(ErrorCode.CoordinatorNotAvailable, []);
        }
    }

    /// <summary>
    /// Forgets the offsets of topics that are gone: after a deletion, and at start, where a crash may have come between.
    /// </summary>
    /// <returns>False where it could not be written down for each group.</returns>
    public bool ForgetTopics(Func<string, bool> isGone)
    {
        lock (_gate)
        {
            var isDone = true;
            foreach (var group in _registry.Groups)
            {
                List<TopicPartition> gone = [.. _registry.Offsets.PartitionsOf(group.Id).Where(p => isGone(p.Topic))];
                isDone &= TryForget(group.Id, gone);
            }
            return isDone;
        }
    }

    /// <summary>The caller holds the gate.</summary>
    public void Stop()
    {
        _isStopped = true;
        _nextExpiry.Clear();
    }

    private IReadOnlyList<PartitionError> CommitUnderGate(OffsetCommit commit)
    {
        lock (_gate)
        {
            var group = _registry.Find(commit.GroupId);
            if (group is null && commit.Member.Generation < 0) group = _registry.TryCreate(commit.GroupId);
            else if (group is null) return All(commit, ErrorCode.IllegalGeneration);
            if (group is null || _isStopped) return All(commit, ErrorCode.CoordinatorNotAvailable);
            if (Validate(group, commit.Member) is var error and not ErrorCode.None) return All(commit, error);
            // Who commits is alive.
            if (commit.Member.Generation >= 0) _rebalance.RenewSession(group, group.Find(commit.Member.MemberId)!);
            var offsets = Accepted(commit);
            if (offsets.Count > 0 && !_log.TryCommit(group.Id, offsets))
            {
                return All(commit, ErrorCode.CoordinatorNotAvailable);
            }
            if (offsets.Count > 0) _registry.Offsets.Apply(group.Id, offsets);
            return PerPartition(commit);
        }
    }

    private void Expire()
    {
        foreach (var group in _registry.Groups.ToList())
        {
            var expired = OffsetExpiry.Expired(group, _registry.Offsets, _options.OffsetsRetention, _deadlines.Now);
            // What cannot be written down now is tried again at the next round.
            if (!TryForget(group.Id, expired)) continue;
            var isUsed = group.State != GroupState.Empty || group.PendingMembers.Count > 0
                || _registry.Offsets.Of(group.Id) is not null || _registry.Offsets.Staged.HasAny(group.Id);
            if (!isUsed) _registry.TryDelete(group);
        }
        SetNextExpiry();
    }

    private void SetNextExpiry() => _nextExpiry.Set(_checkInterval);

    private bool TryForget(string groupId, List<TopicPartition> partitions)
    {
        if (partitions.Count == 0) return true;
        if (!_log.TryForget(groupId, partitions)) return false;
        _registry.Offsets.Forget(groupId, partitions);
        return true;
    }

    private static ErrorCode Validate(ClassicGroup group, MemberIdentity member)
    {
        if (IsByHand(group, member)) return ErrorCode.None;
        if (member == MemberIdentity.None) return ErrorCode.UnknownMemberId;
        var error = ValidateMember(group, member);
        if (error != ErrorCode.None) return error;
        return group.State == GroupState.CompletingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
    }

    private static ErrorCode ValidateMember(ClassicGroup group, MemberIdentity member)
    {
        var error = group.Validate(member.MemberId, member.InstanceId);
        if (error != ErrorCode.None) return error;
        return member.Generation == group.Generation ? ErrorCode.None : ErrorCode.IllegalGeneration;
    }

    /// <summary>By an admin, or a consumer that assigns itself its partitions: only while there are no members.</summary>
    private static bool IsByHand(ClassicGroup group, MemberIdentity member) =>
        member.Generation < 0 && group.State == GroupState.Empty;

    private List<KeyValuePair<TopicPartition, CommittedOffset>> Accepted(OffsetCommit commit)
    {
        var now = _deadlines.Now;
        var longest = (long)(DateTimeOffset.MaxValue - now).TotalMilliseconds;
        DateTimeOffset? expiresAt =
            commit.RetentionMs < 0 ? null : now.AddMilliseconds(Math.Min(commit.RetentionMs, longest - 1));
        return [.. commit.Offsets
            .Where(IsMetadataShortEnough)
            .Select(offset => KeyValuePair.Create(
                offset.Partition,
                new CommittedOffset(offset.Offset, offset.LeaderEpoch, offset.Metadata ?? "", now, expiresAt)))];
    }

    private IReadOnlyList<PartitionError> PerPartition(OffsetCommit commit) =>
        [.. commit.Offsets.Select(offset => new PartitionError(
            offset.Partition, IsMetadataShortEnough(offset) ? ErrorCode.None : ErrorCode.OffsetMetadataTooLarge))];

    /// <summary>Kafka, whatever the option's name says, counts UTF-16 units; so nothing that it takes is refused here.</summary>
    private bool IsMetadataShortEnough(OffsetToCommit offset) =>
        offset.Metadata is null || offset.Metadata.Length <= _options.OffsetMetadataMaxBytes;

    private static IReadOnlyList<PartitionError> All(OffsetCommit commit, ErrorCode error) =>
        [.. commit.Offsets.Select(offset => new PartitionError(offset.Partition, error))];
}
