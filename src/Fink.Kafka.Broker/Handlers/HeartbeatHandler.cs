using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class HeartbeatHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<HeartbeatRequest, HeartbeatResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.Heartbeat, ResourceType.Group);

    public ValueTask<HeartbeatResponse?> HandleAsync(
        HeartbeatRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var denied = authorizer.Check(context.Who, Rule, request.GroupId);
        var member = new MemberIdentity(request.MemberId, request.GroupInstanceId, request.GenerationId);
        return ValueTask.FromResult<HeartbeatResponse?>(new HeartbeatResponse
        {
            ErrorCode = denied == ErrorCode.None ? groups.Heartbeat(request.GroupId, member) : denied,
        });
    }
}
