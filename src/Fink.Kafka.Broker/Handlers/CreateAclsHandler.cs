using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class CreateAclsHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<CreateAclsRequest, CreateAclsResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.CreateAcls, ResourceType.Cluster);

    public ValueTask<CreateAclsResponse?> HandleAsync(
        CreateAclsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<CreateAclsResponse?>(new CreateAclsResponse { Results = Results(request, context) });

    private CreateAclsResponse.Result[] Results(CreateAclsRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, Rule, ResourcePattern.ClusterName);
        if (denied != ErrorCode.None) return All(request, denied, null);
        if (!authorizer.IsEnabled) return All(request, ErrorCode.SecurityDisabled, "No Authorizer is configured.");

        Acl[] acls = [.. request.Creations.Select(AclMapping.FromWire)];
        try
        {
            return
            [
                .. metadata.Update(image => AclAlterations.Create(image, acls)).Select(complaint => new CreateAclsResponse.Result
                {
                    ErrorCode = complaint is null ? ErrorCode.None : ErrorCode.InvalidRequest,
                    ErrorMessage = complaint,
                }),
            ];
        }
        catch (IOException e)
        {
            return All(request, ErrorCode.KafkaStorageError, e.Message);
        }
    }

    private static CreateAclsResponse.Result[] All(CreateAclsRequest request, ErrorCode error, string? message) =>
        Array.ConvertAll(request.Creations, _ => new CreateAclsResponse.Result { ErrorCode = error, ErrorMessage = message });
}
