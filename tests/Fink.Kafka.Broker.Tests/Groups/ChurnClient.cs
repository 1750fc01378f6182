using System.Text;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Groups;

/// <summary>A consumer as librdkafka or Java write them, one step at a time: join, sync, heartbeat, join again when told to.</summary>
internal sealed class ChurnClient(ChurnBook book, string? instance, bool isKip394)
{
    private readonly List<MemberIdentity> _past = [];
    private Task<JoinResult>? _joining;
    private Task<SyncResult>? _syncing;
    private JoinResult? _member;
    private bool _isAssigned;

    /// <summary>What distinguishes this client's metadata, so that the leader's assignment can name it.</summary>
    private string _name = book.NewName();

    public string MemberId { get; private set; } = "";

    public void Step(GroupHarness harness)
    {
        if (_joining is not null) TakeJoin(harness);
        else if (_syncing is not null) TakeSync();
        else if (_member is null) StartJoin(harness);
        else if (!_isAssigned) StartSync(harness);
        else Heartbeat(harness);
    }

    public ErrorCode Commit(GroupHarness harness) =>
        _member is null ? ErrorCode.UnknownMemberId : harness.Commit(Identity(_member), 1);

    /// <summary>As a member of a generation after which another was told to somebody.</summary>
    public void CommitStale(GroupHarness harness)
    {
        var stale = _past.FindLast(identity => identity.Generation < book.Newest);
        if (stale.Generation == 0) return;
        var error = harness.Commit(stale, 666);
        Assert.NotEqual(ErrorCode.None, error);
        Assert.NotEqual(666, harness.Fetch().Offset);
        book.StaleRefused++;
    }

    public void Leave(GroupHarness harness)
    {
        if (_member is null || _joining is not null) return;
        harness.Coordinator.Leave(GroupHarness.Group, [new LeavingMember(MemberId, instance)]);
        Forget();
    }

    /// <summary>Gone without a word: a dynamic client comes back as another, a static one under its instance.</summary>
    public void Die() => Forget();

    /// <summary>As after a new subscription: other metadata under the same id.</summary>
    public void StartAgain()
    {
        if (_joining is not null || _syncing is not null) return;
        Retire();
        _name = book.NewName();
    }

    public void LoseConnection()
    {
        if (_joining is not null || _syncing is not null) Retire();
        _joining = null;
        _syncing = null;
    }

    private void StartJoin(GroupHarness harness) => _joining = harness.Join(
        GroupHarness.Request(MemberId, instance, metadata: instance ?? _name) with
        {
            RebalanceTimeout = TimeSpan.FromSeconds(15),
            NeedsKnownMemberId = isKip394,
            MaySkipAssignment = isKip394,
        });

    private void TakeJoin(GroupHarness harness)
    {
        if (!_joining!.IsCompleted) return;
        var result = _joining.Result;
        _joining = null;
        switch (result.Error)
        {
            case ErrorCode.None:
                MemberId = result.MemberId;
                _member = result;
                _past.Add(Identity(result));
                book.Joined(result, isCurrent: harness.Heartbeat(result, instance) == ErrorCode.None);
                break;
            case ErrorCode.MemberIdRequired:
                MemberId = result.MemberId;
                break;
            case ErrorCode.UnknownMemberId or ErrorCode.FencedInstanceId:
                MemberId = "";
                break;
            default:
                Assert.Equal(ErrorCode.RebalanceInProgress, result.Error);
                break;
        }
    }

    private void StartSync(GroupHarness harness)
    {
        var isLeader = _member!.Leader == MemberId && !_member.SkipAssignment;
        _syncing = harness.Coordinator.SyncAsync(new SyncRequest
        {
            GroupId = GroupHarness.Group,
            Member = Identity(_member),
            Assignments = isLeader ? [.. _member.Members.Select(Assign)] : [],
        }, CancellationToken.None);
    }

    private MemberAssignment Assign(JoinedMember member) => new(
        member.MemberId, Encoding.UTF8.GetBytes($"{_member!.Generation}:{Encoding.UTF8.GetString(member.Metadata.Span)}"));

    private void TakeSync()
    {
        if (!_syncing!.IsCompleted) return;
        var result = _syncing.Result;
        _syncing = null;
        if (result.Error == ErrorCode.None)
        {
            book.Assigned(_member!.Generation, MemberId, instance ?? _name, Encoding.UTF8.GetString(result.Assignment.Span));
            _isAssigned = true;
        }
        else
        {
            Obey(result.Error);
        }
    }

    private void Heartbeat(GroupHarness harness)
    {
        var error = harness.Coordinator.Heartbeat(GroupHarness.Group, Identity(_member!));
        if (error != ErrorCode.None) Obey(error);
    }

    private void Obey(ErrorCode error)
    {
        if (error is ErrorCode.UnknownMemberId or ErrorCode.FencedInstanceId) MemberId = "";
        else Assert.True(error is ErrorCode.RebalanceInProgress or ErrorCode.IllegalGeneration, $"{error} is not for a client.");
        if (error == ErrorCode.RebalanceInProgress)
        {
            // Its generation is still the group's until the next is formed.
            _member = null;
            _isAssigned = false;
        }
        else
        {
            Retire();
        }
    }

    private void Forget()
    {
        Retire();
        MemberId = "";
        _joining = null;
        _syncing = null;
        _name = book.NewName();
    }

    private void Retire()
    {
        _member = null;
        _isAssigned = false;
    }

    private MemberIdentity Identity(JoinResult member) => new(member.MemberId, instance, member.Generation);
}
