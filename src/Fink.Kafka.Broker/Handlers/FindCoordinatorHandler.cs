using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;
namespace Fink.Kafka.Broker.Handlers;

/// <summary>
/// This broker coordinates every group. Transactions are not served: whoever looks for their coordinator is told that it may not have
/// one, the one answer that makes every client give up at once, where others make it try until a time-out.
/// </summary>
internal sealed class FindCoordinatorHandler(int nodeId, Authorizer authorizer)
    : IRequestHandler<FindCoordinatorRequest, FindCoordinatorResponse>
{
    private const short ManyKeys = 4;
    private const string NoTransactions = "This broker does not serve transactions.";

    private static readonly PermissionRule OnGroup = ApiPermissions.Rule(ApiKey.FindCoordinator, ResourceType.Group);

    public ValueTask<FindCoordinatorResponse?> HandleAsync(
        FindCoordinatorRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        if (context.Version >= ManyKeys)
        {
            return ValueTask.FromResult<FindCoordinatorResponse?>(new FindCoordinatorResponse
            {
                Coordinators = Array.ConvertAll(request.CoordinatorKeys, key => Find(request.KeyType, key, context)),
            });
        }

        var one = Find(request.KeyType, request.CoordinatorKey, context);
        return ValueTask.FromResult<FindCoordinatorResponse?>(new FindCoordinatorResponse
        {
            ErrorCode = one.ErrorCode,
            ErrorMessage = one.ErrorMessage,
            NodeId = one.NodeId,
            Host = one.Host,
            Port = one.Port,
        });
    }

    private FindCoordinatorResponse.Coordinator Find(CoordinatorType type, string key, RequestContext context)
    {
        var (error, message) = type switch
        {
            CoordinatorType.Group => (authorizer.Check(context.Who, OnGroup, key), null),
            CoordinatorType.Transaction => (ErrorCode.TransactionalIdAuthorizationFailed, NoTransactions),
            _ => (ErrorCode.InvalidRequest, $"There is no coordinator of the type {(sbyte)type}."),
        };
        return error == ErrorCode.None
            ? new() { Key = key, NodeId = nodeId, Host = context.Listener.Host, Port = context.Listener.Port }
            : new() { Key = key, NodeId = -1, Port = -1, ErrorCode = error, ErrorMessage = message };
    }
}
