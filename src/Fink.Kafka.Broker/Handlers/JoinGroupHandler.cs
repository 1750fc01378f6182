using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class JoinGroupHandler(GroupCoordinator groups, Authorizer authorizer)
    : IRequestHandler<JoinGroupRequest, JoinGroupResponse>
{
    private const short KnowsRebalanceTimeout = 1;
    private const short KnowsMemberIdFirst = 4;
    private const short KnowsNullProtocol = 7;
    private const short KnowsSkipAssignment = 9;

    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.JoinGroup, ResourceType.Group);

    public async ValueTask<JoinGroupResponse?> HandleAsync(
        JoinGroupRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var denied = authorizer.Check(context.Who, Rule, request.GroupId);
        var result = denied == ErrorCode.None
            ? await groups.JoinAsync(Wish(request, context), cancellationToken)
            : JoinResult.Failed(denied);
        return new JoinGroupResponse
        {
            ErrorCode = result.Error,
            GenerationId = result.Generation,
            ProtocolType = result.ProtocolType,
            ProtocolName = context.Version < KnowsNullProtocol ? result.ProtocolName ?? "" : result.ProtocolName,
            Leader = result.Leader,
            SkipAssignment = result.SkipAssignment,
            MemberId = result.MemberId,
            Members =
            [
                .. result.Members.Select(member => new JoinGroupResponse.Member
                {
                    MemberId = member.MemberId, GroupInstanceId = member.InstanceId, Metadata = member.Metadata,
                }),
            ],
        };
    }

    private static JoinRequest Wish(JoinGroupRequest request, RequestContext context) => new()
    {
        GroupId = request.GroupId,
        MemberId = request.MemberId,
        InstanceId = request.GroupInstanceId,
        ClientId = context.ClientId,
        ClientHost = "/" + context.Who.Host,
        SessionTimeout = TimeSpan.FromMilliseconds(request.SessionTimeoutMs),
        RebalanceTimeout = TimeSpan.FromMilliseconds(
            context.Version >= KnowsRebalanceTimeout ? Math.Max(request.RebalanceTimeoutMs, 0) : request.SessionTimeoutMs),
        ProtocolType = request.ProtocolType,
        Protocols = Array.ConvertAll(request.Protocols, protocol => new MemberProtocol(protocol.Name, protocol.Metadata)),
        NeedsKnownMemberId = context.Version >= KnowsMemberIdFirst,
        MaySkipAssignment = context.Version >= KnowsSkipAssignment,
    };
}
