using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DescribeGroupsHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<DescribeGroupsRequest, DescribeGroupsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.DescribeGroups, ResourceType.Group);

    public ValueTask<DescribeGroupsResponse?> HandleAsync(
        DescribeGroupsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DescribeGroupsResponse?>(new DescribeGroupsResponse
        {
            Groups = Array.ConvertAll(
                request.Groups, groupId => Describe(groupId, context.Who, request.IncludeAuthorizedOperations)),
        });

    private DescribeGroupsResponse.Group Describe(string groupId, Requester who, bool withOperations)
    {
        var denied = authorizer.Check(who, Rule, groupId);
        if (denied != ErrorCode.None) return new DescribeGroupsResponse.Group { GroupId = groupId, ErrorCode = denied };

        var group = groups.Administration.Describe(groupId);
        return new DescribeGroupsResponse.Group
        {
            ErrorCode = group.Error,
            GroupId = groupId,
            GroupState = group.State,
            ProtocolType = group.ProtocolType,
            ProtocolData = group.Protocol,
            Members = [.. group.Members.Select(Member)],
            AuthorizedOperations = withOperations
                ? AuthorizedOperations.BitField(authorizer, who, ResourceType.Group, groupId)
                : AuthorizedOperations.NotRequested,
        };
    }

    private static DescribeGroupsResponse.Member Member(MemberDescription member) => new()
    {
        MemberId = member.MemberId,
        GroupInstanceId = member.InstanceId,
        ClientId = member.ClientId,
        ClientHost = member.ClientHost,
        MemberMetadata = member.Metadata,
        MemberAssignment = member.Assignment,
    };
}
