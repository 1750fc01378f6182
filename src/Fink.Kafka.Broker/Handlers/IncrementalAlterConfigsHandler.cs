using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>Changes some of what is set for topics and brokers.</summary>
internal sealed class IncrementalAlterConfigsHandler(ConfigChanges changes, Authorizer authorizer)
    : IRequestHandler<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>
{
    public ValueTask<IncrementalAlterConfigsResponse?> HandleAsync(
        IncrementalAlterConfigsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var resources = Array.ConvertAll(request.Resources, r => new ConfigResource(r.ResourceType, r.ResourceName));
        return ValueTask.FromResult<IncrementalAlterConfigsResponse?>(new IncrementalAlterConfigsResponse
        {
            Responses = ConfigRights.AnswerEach(resources, authorizer, context, Change, Answer),
        });

        Refusal? Change(int at) => changes.Edit(
            resources[at],
            Array.ConvertAll(request.Resources[at].Configs, config => new ConfigEdit(config.Name, config.ConfigOperation, config.Value)),
            request.ValidateOnly);
    }

    private static IncrementalAlterConfigsResponse.Resource Answer(ConfigResource resource, Refusal? refusal) => new()
    {
        ErrorCode = refusal?.Error ?? ErrorCode.None,
        ErrorMessage = refusal?.Message,
        ResourceType = resource.Type,
        ResourceName = resource.Name,
    };
}
