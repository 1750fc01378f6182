using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;
namespace Fink.Kafka.Broker.Handlers;

/// <summary>The cluster is this broker, which is its controller, too.</summary>
internal sealed class DescribeClusterHandler(string clusterId, BrokerSettings settings, Authorizer authorizer)
    : IRequestHandler<DescribeClusterRequest, DescribeClusterResponse>
{
    private static readonly PermissionRule Describe = ApiPermissions.Rule(ApiKey.DescribeCluster, ResourceType.Cluster);

    public ValueTask<DescribeClusterResponse?> HandleAsync(
        DescribeClusterRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DescribeClusterResponse?>(request.EndpointType switch
        {
            EndpointType.Brokers => Answer(request, context),
            EndpointType.Controllers => Refuse(ErrorCode.MismatchedEndpointType, "This is a broker's address, not a controller's."),
            _ => Refuse(ErrorCode.UnsupportedEndpointType, $"There are no endpoints of the type {(sbyte)request.EndpointType}."),
        });

    private static DescribeClusterResponse Refuse(ErrorCode error, string message) => new() { ErrorCode = error, ErrorMessage = message };

    private DescribeClusterResponse Answer(DescribeClusterRequest request, RequestContext context)
    {
        var operations = AuthorizedOperations.NotRequested;
        if (request.IncludeClusterAuthorizedOperations)
        {
            operations = authorizer.Check(context.Who, Describe, ResourcePattern.ClusterName) == ErrorCode.None
                ? AuthorizedOperations.BitField(authorizer, context.Who, ResourceType.Cluster, ResourcePattern.ClusterName)
                : 0;
        }

        return new DescribeClusterResponse
        {
            ClusterId = clusterId,
            ControllerId = settings.NodeId,
            Brokers =
            [
                new() { BrokerId = settings.NodeId, Host = context.Listener.Host, Port = context.Listener.Port, Rack = settings.Rack },
            ],
            ClusterAuthorizedOperations = operations,
        };
    }
}
