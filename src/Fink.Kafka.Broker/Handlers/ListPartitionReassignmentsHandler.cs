using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>With a single broker no partition is ever on the move.</summary>
internal sealed class ListPartitionReassignmentsHandler(Authorizer authorizer)
    : IRequestHandler<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>
{
    private static readonly PermissionRule Describe = ApiPermissions.Rule(ApiKey.ListPartitionReassignments, ResourceType.Cluster);

    public ValueTask<ListPartitionReassignmentsResponse?> HandleAsync(
        ListPartitionReassignmentsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ListPartitionReassignmentsResponse?>(new ListPartitionReassignmentsResponse
        {
            ErrorCode = authorizer.Check(context.Who, Describe, ResourcePattern.ClusterName),
        });
}
