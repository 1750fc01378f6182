using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DescribeAclsHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<DescribeAclsRequest, DescribeAclsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.DescribeAcls, ResourceType.Cluster);

    public ValueTask<DescribeAclsResponse?> HandleAsync(
        DescribeAclsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DescribeAclsResponse?>(Answer(request, context));

    private DescribeAclsResponse Answer(DescribeAclsRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, Rule, ResourcePattern.ClusterName);
        if (denied != ErrorCode.None) return new DescribeAclsResponse { ErrorCode = denied };
        if (!authorizer.IsEnabled)
        {
            return new DescribeAclsResponse
            {
                ErrorCode = ErrorCode.SecurityDisabled,
                ErrorMessage = "No Authorizer is configured on the broker",
            };
        }

        var filter = AclMapping.FromWire(request);
        if (filter.HasUnknowns)
        {
            return new DescribeAclsResponse
            {
                ErrorCode = ErrorCode.InvalidRequest,
                ErrorMessage = "The filter has an element that is not known",
            };
        }

        return new DescribeAclsResponse
        {
            Resources =
            [
                .. metadata.Image.Acls.Matching(filter)
                    .GroupBy(acl => acl.Resource)
                    .Select(resource => AclMapping.ToDescribed(resource.Key, resource)),
            ],
        };
    }
}
