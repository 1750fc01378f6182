using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>Replaces all that is set for topics and brokers.</summary>
internal sealed class AlterConfigsHandler(ConfigChanges changes, Authorizer authorizer)
    : IRequestHandler<AlterConfigsRequest, AlterConfigsResponse>
{
    public ValueTask<AlterConfigsResponse?> HandleAsync(
        AlterConfigsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var resources = Array.ConvertAll(request.Resources, r => new ConfigResource(r.ResourceType, r.ResourceName));
        return ValueTask.FromResult<AlterConfigsResponse?>(new AlterConfigsResponse
        {
            Responses = ConfigRights.AnswerEach(resources, authorizer, context, Change, Answer),
        });

        Refusal? Change(int at) => changes.Replace(
            resources[at],
            Array.ConvertAll(request.Resources[at].Configs, config => KeyValuePair.Create(config.Name, config.Value)),
            request.ValidateOnly);
    }

    private static AlterConfigsResponse.Resource Answer(ConfigResource resource, Refusal? refusal) => new()
    {
        ErrorCode = refusal?.Error ?? ErrorCode.None,
        ErrorMessage = refusal?.Message,
        ResourceType = resource.Type,
        ResourceName = resource.Name,
    };
}
