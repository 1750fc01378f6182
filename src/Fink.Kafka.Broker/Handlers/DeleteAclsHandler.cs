using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DeleteAclsHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<DeleteAclsRequest, DeleteAclsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.DeleteAcls, ResourceType.Cluster);

    public ValueTask<DeleteAclsResponse?> HandleAsync(
        DeleteAclsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DeleteAclsResponse?>(new DeleteAclsResponse { FilterResults = Results(request, context) });

    private DeleteAclsResponse.FilterResult[] Results(DeleteAclsRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, Rule, ResourcePattern.ClusterName);
        if (denied != ErrorCode.None) return All(request, denied, null);
        if (!authorizer.IsEnabled) return All(request, ErrorCode.SecurityDisabled, "No Authorizer is configured.");

        AclFilter[] filters = [.. request.Filters.Select(AclMapping.FromWire)];
        try
        {
            return
            [
                .. metadata.Update(image => AclAlterations.Delete(image, filters)).Select(outcome => new DeleteAclsResponse.FilterResult
                {
                    ErrorCode = outcome.Complaint is null ? ErrorCode.None : ErrorCode.InvalidRequest,
                    ErrorMessage = outcome.Complaint,
                    MatchingAcls = [.. outcome.Deleted.Select(AclMapping.ToDeleted)],
                }),
            ];
        }
        catch (IOException e)
        {
            return All(request, ErrorCode.KafkaStorageError, e.Message);
        }
    }

    private static DeleteAclsResponse.FilterResult[] All(DeleteAclsRequest request, ErrorCode error, string? message) =>
        Array.ConvertAll(request.Filters, _ => new DeleteAclsResponse.FilterResult { ErrorCode = error, ErrorMessage = message });
}
