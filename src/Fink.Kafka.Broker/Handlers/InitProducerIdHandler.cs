using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Producers;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>
/// Every idempotent producer gets an id of its own at epoch 0, also one that names an id it has: as in Kafka, who is not transactional
/// raises its epoch by itself. There are no transactions yet; the error says so in the words of both client families.
/// </summary>
internal sealed class InitProducerIdHandler(ProducerIds ids, Authorizer authorizer)
    : IRequestHandler<InitProducerIdRequest, InitProducerIdResponse>
{
    private static readonly PermissionRule Transactional =
        ApiPermissions.Rule(ApiKey.InitProducerId, ResourceType.TransactionalId);

    private static readonly PermissionRule Idempotent = ApiPermissions.Rule(ApiKey.InitProducerId, ResourceType.Cluster);

    public ValueTask<InitProducerIdResponse?> HandleAsync(
        InitProducerIdRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<InitProducerIdResponse?>(Answer(request, context.Who));

    private InitProducerIdResponse Answer(InitProducerIdRequest request, Requester who)
    {
        var error = request.TransactionalId is { } id
            ? authorizer.Check(who, Transactional, id)
            : authorizer.Check(who, Idempotent, ResourcePattern.ClusterName);
        if (error == ErrorCode.None) error = Fault(request);
        if (error != ErrorCode.None) return new InitProducerIdResponse { ErrorCode = error };

        try
        {
            return new InitProducerIdResponse { ProducerId = ids.Next() };
        }
        catch (IOException)
        {
            // Clients try again, and the disk may have room then.
            return new InitProducerIdResponse { ErrorCode = ErrorCode.CoordinatorLoadInProgress };
        }
    }

    private static ErrorCode Fault(InitProducerIdRequest request)
    {
        if ((request.ProducerId == -1) != (request.ProducerEpoch == -1) || request.TransactionalId == "") return ErrorCode.InvalidRequest;

        return request.TransactionalId is null ? ErrorCode.None : ErrorCode.UnsupportedVersion;
    }
}
