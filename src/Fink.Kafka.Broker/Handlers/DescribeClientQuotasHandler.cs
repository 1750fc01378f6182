using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Quotas;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>Quotas are kept and shown; this broker enforces none.</summary>
internal sealed class DescribeClientQuotasHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<DescribeClientQuotasRequest, DescribeClientQuotasResponse>
{
    private static readonly PermissionRule Rule = ApiPermissions.Rule(ApiKey.DescribeClientQuotas, ResourceType.Cluster);

    public ValueTask<DescribeClientQuotasResponse?> HandleAsync(
        DescribeClientQuotasRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DescribeClientQuotasResponse?>(Answer(request, context));

    private DescribeClientQuotasResponse Answer(DescribeClientQuotasRequest request, RequestContext context)
    {
        var denied = authorizer.Check(context.Who, Rule, ResourcePattern.ClusterName);
        if (denied != ErrorCode.None) return new DescribeClientQuotasResponse { ErrorCode = denied };

        var filter = new QuotaFilter(
            [.. request.Components.Select(part => new QuotaFilterPart(part.EntityType, part.MatchType, part.Match))], request.Strict);
        var (error, message) = filter.Complaint();
        return error == ErrorCode.None
            ? new DescribeClientQuotasResponse
            {
                Entries = [.. metadata.Image.Quotas.Where(quotas => filter.Matches(quotas.Key)).Select(quotas => Describe(quotas.Key, quotas.Value))],
            }
            : new DescribeClientQuotasResponse { ErrorCode = error, ErrorMessage = message };
    }

    private static DescribeClientQuotasResponse.Entry Describe(QuotaEntity entity, IEnumerable<KeyValuePair<string, double>> quotas) => new()
    {
        Entity =
        [
            .. QuotaNames.PartsOf(entity).Select(part => new DescribeClientQuotasResponse.EntityPart
            {
                EntityType = part.Type, EntityName = part.Name,
            }),
        ],
        Values = [.. quotas.Select(quota => new DescribeClientQuotasResponse.Quota { Key = quota.Key, Value = quota.Value })],
    };
}
