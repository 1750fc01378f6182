using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class SyncGroupHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<SyncGroupRequest, SyncGroupResponse>
{
    private const short MustNameProtocol = 5;

    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.SyncGroup, ResourceType.Group);

    public async ValueTask<SyncGroupResponse?> HandleAsync(
        SyncGroupRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var error = Refuse(request, context);
        var result = error == ErrorCode.None ? await groups.SyncAsync(Wish(request), cancellationToken) : SyncResult.Failed(error);
        return new SyncGroupResponse
        {
            ErrorCode = result.Error,
            ProtocolType = result.ProtocolType,
            ProtocolName = result.ProtocolName,
            Assignment = result.Assignment,
        };
    }

    /// <summary>In Kafka's order: who names no protocol learns of that, whatever its rights.</summary>
    private ErrorCode Refuse(SyncGroupRequest request, RequestContext context) =>
        context.Version >= MustNameProtocol && (request.ProtocolType is null || request.ProtocolName is null)
            ? ErrorCode.InconsistentGroupProtocol
            : authorizer.Check(context.Who, Rule, request.GroupId);

    private static SyncRequest Wish(SyncGroupRequest request) => new()
    {
        GroupId = request.GroupId,
        Member = new MemberIdentity(request.MemberId, request.GroupInstanceId, request.GenerationId),
        ProtocolType = request.ProtocolType,
        ProtocolName = request.ProtocolName,
        Assignments = Array.ConvertAll(request.Assignments, one => new MemberAssignment(one.MemberId, one.Assignment)),
    };
}
