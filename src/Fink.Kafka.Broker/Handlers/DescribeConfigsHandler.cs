using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class DescribeConfigsHandler(MetadataStore metadata, LiveConfigs configs, Authorizer authorizer)
    : IRequestHandler<DescribeConfigsRequest, DescribeConfigsResponse>
{
    public ValueTask<DescribeConfigsResponse?> HandleAsync(
        DescribeConfigsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DescribeConfigsResponse?>(new DescribeConfigsResponse
        {
            Results = Array.ConvertAll(request.Resources, resource => Describe(request, resource, context)),
        });

    private DescribeConfigsResponse.Result Describe(
        DescribeConfigsRequest request, DescribeConfigsRequest.Resource resource, RequestContext context)
    {
        var result = new DescribeConfigsResponse.Result { ResourceType = resource.ResourceType, ResourceName = resource.ResourceName };
        var meant = new ConfigResource(resource.ResourceType, resource.ResourceName);
        var image = metadata.Image;
        if ((ConfigRights.Refuse(authorizer, context, meant) ?? ConfigResources.Refuse(image, configs.NodeId, meant)) is { } refusal)
        {
            return result with { ErrorCode = refusal.Error, ErrorMessage = refusal.Message };
        }

        var wanted = resource.ConfigurationKeys is { Length: > 0 } keys ? keys.ToHashSet(StringComparer.Ordinal) : null;
        return result with
        {
            Configs =
            [
                .. ConfigResources.Describe(image, meant, configs.At(image))
                    .Where(entry => wanted is null || wanted.Contains(entry.Name))
                    .Select(entry => Config(entry, request)),
            ],
        };
    }

    private static DescribeConfigsResponse.Config Config(ConfigEntry entry, DescribeConfigsRequest request) => new()
    {
        Name = entry.Name,
        Value = entry.Value,
        ReadOnly = entry.IsReadOnly,
        ConfigSource = entry.Source,
        IsSensitive = entry.IsSensitive,
        Synonyms = request.IncludeSynonyms
            ? [.. entry.Synonyms.Select(s => new DescribeConfigsResponse.Synonym { Name = s.Name, Value = s.Value, Source = s.Source })]
            : [],
        ConfigType = entry.Type,
        Documentation = request.IncludeDocumentation ? ConfigDocumentation.Of(entry.Name) : null,
    };
}
