using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DeleteGroupsHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<DeleteGroupsRequest, DeleteGroupsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.DeleteGroups, ResourceType.Group);

    public ValueTask<DeleteGroupsResponse?> HandleAsync(
        DeleteGroupsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DeleteGroupsResponse?>(new DeleteGroupsResponse
        {
            Results =
            [
                .. request.GroupsNames.Distinct(StringComparer.Ordinal).Select(groupId => new DeleteGroupsResponse.Group
                {
                    GroupId = groupId, ErrorCode = Delete(groupId, context.Who),
                }),
            ],
        });

    private ErrorCode Delete(string groupId, Requester who)
    {
        var denied = authorizer.Check(who, Rule, groupId);
        return denied == ErrorCode.None ? groups.Administration.Delete(groupId) : denied;
    }
}
