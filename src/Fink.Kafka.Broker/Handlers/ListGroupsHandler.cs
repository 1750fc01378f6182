using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>Groups that the client may not describe are left out.</summary>
internal sealed class ListGroupsHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<ListGroupsRequest, ListGroupsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.ListGroups, ResourceType.Group);

    public ValueTask<ListGroupsResponse?> HandleAsync(
        ListGroupsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ListGroupsResponse?>(new ListGroupsResponse
        {
            Groups =
            [
                .. groups.Administration.List(request.StatesFilter, request.TypesFilter)
                    .Where(group => authorizer.Check(context.Who, Rule, group.GroupId) == ErrorCode.None)
                    .Select(group => new ListGroupsResponse.Group
                    {
                        GroupId = group.GroupId,
                        ProtocolType = group.ProtocolType,
                        GroupState = group.State,
                        GroupType = ListedGroup.Type,
                    }),
            ],
        });
}
