using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Journalling;
using Fink.Kafka.Broker.Groups.Offsets;
using Fink.Kafka.Broker.Groups.Rebalancing;

namespace Fink.Kafka.Broker.Groups;

/// <summary>Which groups there are, and what each has read; as the journal says. Guarded by the coordinator's gate.</summary>
internal sealed class GroupRegistry
{
    private readonly Dictionary<string, ClassicGroup> _groups = [];
    private readonly GroupLog _log;
    private readonly Deadlines _deadlines;
    private bool _isBeingWritten;

    public GroupRegistry(GroupLog log, Deadlines deadlines)
    {
        _log = log;
        _deadlines = deadlines;
        log.Replay(_groups, Offsets);
    }

    public OffsetStore Offsets { get; } = new();

    public IReadOnlyCollection<ClassicGroup> Groups => _groups.Values;

    public ClassicGroup? Find(string groupId) => _groups.GetValueOrDefault(groupId);

    /// <summary>
    /// For who looks at a group from outside, and must not see a member whose time is up: what is due of the group is done first. Who
    /// speaks as a member gets by a late timer what it grants.
    /// </summary>
    public ClassicGroup? FindAsDue(string groupId)
    {
        var group = Find(groupId);
        group?.MeetDeadlines();
        return group;
    }

    /// <returns>Null where it could not be written down.</returns>
    public ClassicGroup? TryCreate(string groupId)
    {
        var group = new ClassicGroup(groupId, _deadlines.Now);
        if (!_log.TrySave(group, GroupState.Empty)) return null;
        _groups.Add(groupId, group);
        return group;
    }

    /// <returns>False where it could not be written down: the group stays.</returns>
    public bool TryDelete(ClassicGroup group)
    {
        if (!_log.TryDelete(group.Id)) return false;
        _groups.Remove(group.Id);
        Offsets.ForgetGroup(group.Id);
        group.ClearDeadlines();
        return true;
    }

    /// <summary>
    /// Writes the journal anew where more of it is dead than alive. Called outside the gate, after a change is made, so that what is
    /// written holds it; whoever comes while another does it has nothing to do.
    /// </summary>
    public void SnapshotIfDue(Lock gate)
    {
        GroupPicture picture;
        lock (gate)
        {
            if (_isBeingWritten || !_log.IsDueForSnapshot) return;

            _isBeingWritten = true;
            picture = _log.Take(Groups, Offsets);
        }

        var isWritten = false;
        try
        {
            isWritten = _log.Write(picture);
        }
        finally
        {
            lock (gate)
            {
                _isBeingWritten = false;
                _log.Note(picture, isWritten);
            }
        }
    }
}
