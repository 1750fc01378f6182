using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class LeaveGroupHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<LeaveGroupRequest, LeaveGroupResponse>
{
    private const short ManyMembers = 3;

    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.LeaveGroup, ResourceType.Group);

    public ValueTask<LeaveGroupResponse?> HandleAsync(
        LeaveGroupRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<LeaveGroupResponse?>(Answer(request, context));

    private LeaveGroupResponse Answer(LeaveGroupRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, Rule, request.GroupId);
        if (denied != ErrorCode.None) return new LeaveGroupResponse { ErrorCode = denied };
        if (context.Version < ManyMembers)
        {
            var one = groups.Leave(request.GroupId, [new LeavingMember(request.MemberId, null)]);
            return new LeaveGroupResponse { ErrorCode = one.Error == ErrorCode.None ? one.Members[0].Error : one.Error };
        }

        var left = groups.Leave(
            request.GroupId, Array.ConvertAll(request.Members, member => new LeavingMember(member.MemberId, member.GroupInstanceId)));
        return new LeaveGroupResponse
        {
            ErrorCode = left.Error,
            Members =
            [
                .. left.Members.Select(member => new LeaveGroupResponse.Member
                {
                    MemberId = member.MemberId, GroupInstanceId = member.InstanceId, ErrorCode = member.Error,
                }),
            ],
        };
    }
}
