using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Quotas;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class AlterClientQuotasHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<AlterClientQuotasRequest, AlterClientQuotasResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.AlterClientQuotas, ResourceType.Cluster);

    public ValueTask<AlterClientQuotasResponse?> HandleAsync(
        AlterClientQuotasRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<AlterClientQuotasResponse?>(new AlterClientQuotasResponse { Entries = Entries(request, context) });

    private AlterClientQuotasResponse.Entry[] Entries(AlterClientQuotasRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, Rule, ResourcePattern.ClusterName);
        if (denied != ErrorCode.None) return Array.ConvertAll(request.Entries, entry => Answer(entry, denied, null));

        QuotaAlteration[] alterations = [.. request.Entries.Select(Alteration)];
        try
        {
            return
            [
                .. metadata.Update(image => Decide(image, alterations, request.ValidateOnly))
                    .Zip(request.Entries, (complaint, entry) =>
                        Answer(entry, complaint is null ? ErrorCode.None : ErrorCode.InvalidRequest, complaint)),
            ];
        }
        catch (IOException e)
        {
            return Array.ConvertAll(request.Entries, entry => Answer(entry, ErrorCode.KafkaStorageError, e.Message));
        }
    }

    private static (IReadOnlyList<MetadataChange> Changes, IReadOnlyList<string?> Complaints) Decide(
        MetadataImage image, QuotaAlteration[] alterations, bool validateOnly)
    {
        var (changes, complaints) = QuotaAlterations.Decide(image, alterations);
        return (validateOnly ? [] : changes, complaints);
    }

    private static QuotaAlteration Alteration(AlterClientQuotasRequest.Entry entry) => new(
        [.. entry.Entity.Select(part => new QuotaEntityPart(part.EntityType, part.EntityName))],
        [.. entry.Ops.Select(operation => new QuotaOperation(operation.Key, operation.Remove ? null : operation.Value))]);

    private static AlterClientQuotasResponse.Entry Answer(AlterClientQuotasRequest.Entry entry, ErrorCode error, string? message) => new()
    {
        ErrorCode = error,
        ErrorMessage = message,
        Entity = Array.ConvertAll(entry.Entity, part => new AlterClientQuotasResponse.EntityPart
        {
            EntityType = part.EntityType,
            EntityName = part.EntityName,
        }),
    };
}
