using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Groups;

/// <summary>What admins ask and do about groups.</summary>
internal sealed class GroupAdministration(Lock gate, GroupRegistry registry)
{
    public GroupDescription Describe(string groupId)
    {
        lock (gate)
        {
            if (registry.FindAsDue(groupId) is not { } group)
            {
                return new GroupDescription { GroupId = groupId, State = nameof(GroupState.Dead) };
            }
            var isStable = group.State == GroupState.Stable;
            return new GroupDescription
            {
                GroupId = groupId,
                State = group.State.ToString(),
                ProtocolType = group.ProtocolType ?? "",
                Protocol = isStable ? group.ProtocolName ?? "" : "",
                Members = [.. group.Members.Select(member => new MemberDescription(
                    member.Id, member.InstanceId, member.ClientId, member.ClientHost,
                    isStable ? member.MetadataFor(group.ProtocolName) : default,
                    isStable ? member.Assignment : default))],
            };
        }
    }

    /// <param name="states">States by name, in any case; none for all.</param>
    /// <param name="types">Types by name, in any case; none for all.</param>
    public IReadOnlyList<ListedGroup> List(IReadOnlyCollection<string> states, IReadOnlyCollection<string> types)
    {
        if (types.Count > 0 && !types.Contains(ListedGroup.Type, StringComparer.OrdinalIgnoreCase)) return [];
        lock (gate)
        {
            foreach (var group in registry.Groups) group.MeetDeadlines();
            return [.. registry.Groups
                .Where(group => states.Count == 0
                    || states.Contains(group.State.ToString(), StringComparer.OrdinalIgnoreCase))
                .Select(group => new ListedGroup(group.Id, group.ProtocolType ?? "", group.State.ToString()))];
        }
    }

    /// <summary>Deletes a group without members, and all its offsets.</summary>
    public ErrorCode Delete(string groupId)
    {
        lock (gate)
        {
            if (registry.FindAsDue(groupId) is not { } group) return ErrorCode.GroupIdNotFound;
            if (group.State != GroupState.Empty) return ErrorCode.NonEmptyGroup;
            return registry.TryDelete(group) ? ErrorCode.None : ErrorCode.CoordinatorNotAvailable;
        }
    }
}
