using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>Makes topics. Who may not read their configurations is told of each that it has been made, and no more.</summary>
internal sealed class CreateTopicsHandler(TopicLifecycle topics, LiveConfigs configs, Authorizer authorizer)
    : IRequestHandler<CreateTopicsRequest, CreateTopicsResponse>
{
    private static readonly PermissionRule Create = ApiPermissions.Rule(ApiKey.CreateTopics, ResourceType.Topic);
    private static readonly PermissionRule DescribeConfigs =
        ApiPermissions.Rule(ApiKey.CreateTopics, ResourceType.Topic, AclOperation.DescribeConfigs);

    public ValueTask<CreateTopicsResponse?> HandleAsync(
        CreateTopicsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var answers = new AnswersByName(
            Array.ConvertAll(request.Topics, topic => topic.Name), name => authorizer.Check(context.Who, Create, name));
        var wanted = request.Topics.Where(topic => answers.IsOpen(topic.Name)).Select(Wish).ToList();
        foreach (var (wish, answer) in wanted.Zip(topics.Create(wanted, request.ValidateOnly))) answers.Set(wish.Name, answer);
        return ValueTask.FromResult<CreateTopicsResponse?>(new CreateTopicsResponse
        {
            Topics = answers.Map((name, answer) => Answer(name, answer, context.Who)),
        });
    }

    private static NewTopic Wish(CreateTopicsRequest.Topic topic) => new(
        topic.Name,
        topic.NumPartitions,
        topic.ReplicationFactor,
        Array.ConvertAll(topic.Assignments, assignment => new PartitionAssignment(assignment.PartitionIndex, assignment.BrokerIds)),
        Array.ConvertAll(topic.Configs, config => KeyValuePair.Create(config.Name, config.Value)));

    private CreateTopicsResponse.Topic Answer(string name, TopicAnswer answer, Requester who)
    {
        if (answer.Topic is not { } topic)
        {
            return new() { Name = name, ErrorCode = answer.Refusal!.Error, ErrorMessage = answer.Refusal.Message, Configs = [] };
        }

        var mayRead = authorizer.Check(who, DescribeConfigs, name);
        return mayRead == ErrorCode.None
            ? new()
            {
                Name = name,
                TopicId = topic.Id,
                NumPartitions = topic.Partitions,
                ReplicationFactor = 1,
                Configs = [.. ConfigDescriptions.OfNewTopic(topic.Configs, configs.Broker).Select(Config)],
            }
            : new() { Name = name, TopicId = topic.Id, TopicConfigErrorCode = mayRead, Configs = [] };
    }

    private static CreateTopicsResponse.Config Config(ConfigEntry entry) => new()
    {
        Name = entry.Name,
        Value = entry.Value,
        ReadOnly = entry.IsReadOnly,
        ConfigSource = entry.Source,
        IsSensitive = entry.IsSensitive,
    };
}
