using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>No transactional id is known: none is given to anybody yet.</summary>
internal sealed class DescribeTransactionsHandler(Authorizer authorizer)
    : IRequestHandler<DescribeTransactionsRequest, DescribeTransactionsResponse>
{
    private static readonly PermissionRule Describe =
        ApiPermissions.Rule(ApiKey.DescribeTransactions, ResourceType.TransactionalId);

    public ValueTask<DescribeTransactionsResponse?> HandleAsync(
        DescribeTransactionsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var answers = Array.ConvertAll(request.TransactionalIds, id => new DescribeTransactionsResponse.Transaction
        {
            TransactionalId = id,
            ErrorCode = authorizer.Check(context.Who, Describe, id) is var denied and not ErrorCode.None
                ? denied
                : ErrorCode.TransactionalIdNotFound,
        });
        return ValueTask.FromResult<DescribeTransactionsResponse?>(new() { TransactionStates = answers });
    }
}
