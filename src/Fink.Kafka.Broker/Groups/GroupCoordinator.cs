using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Journalling;
using Fink.Kafka.Broker.Groups.Rebalancing;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Protocol;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Groups;

/// <summary>
/// The classic groups of this broker. One gate guards them all: what is done under it is short, and nobody waits there.
/// What a group and its offsets are is in the journal before anyone is told.
/// </summary>
internal sealed class GroupCoordinator : IDisposable
{
    private readonly Lock _gate = new();
    private readonly GroupRegistry _registry;
    private readonly Deadlines _deadlines;
    private readonly Rebalance _rebalance;
    private readonly Joining _joining;
    private readonly Syncing _syncing;
    private readonly Leaving _leaving;
    private readonly GroupOptions _options;
    private bool _isStopped;

    /// <exception cref="InvalidDataException">The journal holds what this broker did not write.</exception>
    public GroupCoordinator(IJournal journal, GroupOptions options, TimeProvider clock, ILogger<GroupCoordinator> logger)
    {
        var log = new GroupLog(journal, options, clock, logger);
        _options = options;
        _deadlines = new Deadlines(clock, _gate, logger);
        _rebalance = new Rebalance(options, log, _deadlines);
        _joining = new Joining(options, log, _rebalance);
        _syncing = new Syncing(_rebalance);
        _leaving = new Leaving(_rebalance);
        lock (_gate)
        {
            _registry = new GroupRegistry(log, _deadlines);
            foreach (var group in _registry.Groups) _rebalance.Resume(group);
            Offsets = new GroupOffsets(_gate, _registry, log, options, _deadlines, _rebalance);
        }
        Administration = new GroupAdministration(_gate, _registry);
    }

    public GroupAdministration Administration { get; }

    public GroupOffsets Offsets { get; }

    /// <summary>
    /// Completes with the member's next generation, or an error. Cancelled when the connection goes: the member is then
    /// no longer waited for beyond its session.
    /// </summary>
    public Task<JoinResult> JoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        var reply = new TaskCompletionSource<JoinResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Refuse(request) is var error and not ErrorCode.None)
        {
            return Task.FromResult(JoinResult.Failed(error, request.MemberId));
        }
        lock (_gate) Join(request, reply);
        return UntilAbandoned(request.GroupId, reply, _joining.Abandon, cancellationToken);
    }

    /// <summary>Completes with the member's assignment once the leader has brought it, or an error.</summary>
    public Task<SyncResult> SyncAsync(SyncRequest request, CancellationToken cancellationToken)
    {
        var reply = new TaskCompletionSource<SyncResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (request.GroupId.Length == 0) return Task.FromResult(SyncResult.Failed(ErrorCode.InvalidGroupId));
        lock (_gate)
        {
            if (_isStopped) reply.TrySetResult(SyncResult.Failed(ErrorCode.CoordinatorNotAvailable));
            else if (_registry.Find(request.GroupId) is { } group) _syncing.Sync(group, request, reply);
            else reply.TrySetResult(SyncResult.Failed(ErrorCode.UnknownMemberId));
        }
        return UntilAbandoned(request.GroupId, reply, _syncing.Abandon, cancellationToken);
    }

    public ErrorCode Heartbeat(string groupId, MemberIdentity identity)
    {
        if (groupId.Length == 0) return ErrorCode.InvalidGroupId;
        lock (_gate)
        {
            if (_isStopped) return ErrorCode.CoordinatorNotAvailable;
            if (_registry.Find(groupId) is not { } group) return ErrorCode.UnknownMemberId;
            var error = group.Validate(identity.MemberId, identity.InstanceId);
            if (error != ErrorCode.None) return error;
            if (identity.Generation != group.Generation) return ErrorCode.IllegalGeneration;
            _rebalance.RenewSession(group, group.Find(identity.MemberId)!);
            return group.State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    public LeaveResult Leave(string groupId, IReadOnlyList<LeavingMember> members)
    {
        if (groupId.Length == 0) return new LeaveResult(ErrorCode.InvalidGroupId, []);
        lock (_gate)
        {
            if (_isStopped) return new LeaveResult(ErrorCode.CoordinatorNotAvailable, []);
            if (_registry.Find(groupId) is { } group)
            {
                return new LeaveResult(ErrorCode.None, _leaving.Leave(group, members));
            }
        }
        return new LeaveResult(ErrorCode.None,
            [.. members.Select(member => new LeftMember(member.MemberId, member.InstanceId, ErrorCode.UnknownMemberId))]);
    }

    /// <summary>Answers everyone who waits; from here on clients are told to look for a coordinator.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Offsets.Stop();
            foreach (var group in _registry.Groups)
            {
                group.ClearDeadlines();
                foreach (var member in group.Members)
                {
                    member.AnswerJoin(JoinResult.Failed(ErrorCode.CoordinatorNotAvailable, member.Id));
                    member.AnswerSync(SyncResult.Failed(ErrorCode.CoordinatorNotAvailable));
                }
            }
        }
    }

    private ErrorCode Refuse(JoinRequest request)
    {
        if (request.GroupId.Length == 0) return ErrorCode.InvalidGroupId;
        return request.SessionTimeout < _options.MinSessionTimeout || request.SessionTimeout > _options.MaxSessionTimeout
            ? ErrorCode.InvalidSessionTimeout
            : ErrorCode.None;
    }

    private void Join(JoinRequest request, TaskCompletionSource<JoinResult> reply)
    {
        if (_isStopped)
        {
            reply.TrySetResult(JoinResult.Failed(ErrorCode.CoordinatorNotAvailable, request.MemberId));
        }
        else if (request.MemberId.Length > 0 && _registry.Find(request.GroupId) is null)
        {
            reply.TrySetResult(JoinResult.Failed(ErrorCode.UnknownMemberId, request.MemberId));
        }
        else if ((_registry.Find(request.GroupId) ?? _registry.TryCreate(request.GroupId)) is { } group)
        {
            _joining.Join(group, request, reply);
        }
        else
        {
            reply.TrySetResult(JoinResult.Failed(ErrorCode.CoordinatorNotAvailable, request.MemberId));
        }
    }

    /// <summary>The reply, unless the connection that waits for it goes first.</summary>
    private Task<T> UntilAbandoned<T>(
        string groupId, TaskCompletionSource<T> reply, Action<ClassicGroup, TaskCompletionSource<T>> abandon,
        CancellationToken cancellationToken)
    {
        return reply.Task.IsCompleted || !cancellationToken.CanBeCanceled ? reply.Task : WatchAsync();

        async Task<T> WatchAsync()
        {
            await using var watch = cancellationToken.Register(() =>
            {
                if (!reply.TrySetCanceled(cancellationToken)) return;
                lock (_gate)
                {
                    if (_registry.Find(groupId) is { } group) abandon(group, reply);
                }
            });
            return await reply.Task;
        }
    }
}
