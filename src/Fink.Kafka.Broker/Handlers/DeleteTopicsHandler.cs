using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>Deletes topics, by name or by id. Who names an id without the right to describe its topic does not learn the name.</summary>
internal sealed class DeleteTopicsHandler(MetadataStore metadata, TopicLifecycle topics, LiveConfigs configs, Authorizer authorizer)
    : IRequestHandler<DeleteTopicsRequest, DeleteTopicsResponse>
{
    private const short HasIds = 6;
    private const short KnowsDisabled = 3;

    private static readonly PermissionRule Delete = ApiPermissions.Rule(ApiKey.DeleteTopics, ResourceType.Topic);
    private static readonly PermissionRule Describe =
        ApiPermissions.Rule(ApiKey.DeleteTopics, ResourceType.Topic, AclOperation.Describe);

    public ValueTask<DeleteTopicsResponse?> HandleAsync(
        DeleteTopicsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        DeleteTopicsRequest.Topic[] asked = context.Version >= HasIds
            ? request.Topics
            : Array.ConvertAll(request.TopicNames, name => new DeleteTopicsRequest.Topic { Name = name });
        return ValueTask.FromResult<DeleteTopicsResponse?>(new DeleteTopicsResponse
        {
            Responses = configs.Broker.Flag("delete.topic.enable")
                ? DeleteAll(asked, context.Who)
                : Array.ConvertAll(asked, topic => Refuse(
                    topic.Name,
                    topic.TopicId,
                    new Refusal(
                        context.Version < KnowsDisabled ? ErrorCode.InvalidRequest : ErrorCode.TopicDeletionDisabled,
                        "Topic deletion is disabled."))),
        });
    }

    private DeleteTopicsResponse.Topic[] DeleteAll(DeleteTopicsRequest.Topic[] asked, Requester who)
    {
        var image = metadata.Image;
        List<(Guid Id, int At)> deleted = [];
        List<DeleteTopicsResponse.Topic> answers = [];
        foreach (var same in asked.GroupBy(topic => Find(image, topic) is { } there ? (there.Name, there.Id) : (topic.Name, topic.TopicId)))
        {
            var topic = Find(image, same.First());
            if (Refuse([.. same], topic, who) is { } refusal)
            {
                answers.Add(refusal);
                continue;
            }

            deleted.Add((topic!.Id, answers.Count));
            answers.Add(new() { Name = topic.Name, TopicId = topic.Id });
        }

        foreach (var (answer, (id, at)) in topics.Delete([.. deleted.Select(entry => entry.Id)]).Zip(deleted))
        {
            if (answer.Refusal is { } refusal) answers[at] = Refuse(answers[at].Name, id, refusal);
        }

        return [.. answers];
    }

    private static Topic? Find(MetadataImage image, DeleteTopicsRequest.Topic topic) => topic switch
    {
        { Name: { } name } when topic.TopicId == Guid.Empty => image.Topics.GetValueOrDefault(name),
        { Name: null } => image.TopicsById.GetValueOrDefault(topic.TopicId),
        _ => null,
    };

    /// <param name="same">Everything that the request says of one topic.</param>
    private DeleteTopicsResponse.Topic? Refuse(DeleteTopicsRequest.Topic[] same, Topic? there, Requester who)
    {
        var name = Array.Find(same, topic => topic.Name is not null).Name;
        var id = Array.Find(same, topic => topic.TopicId != Guid.Empty).TopicId;
        if (same.Length > 1) return Refuse(name, id, Invalid("Duplicate topic name or id."));
        if (name is null == (id == Guid.Empty)) return Refuse(name, id, Invalid("A topic is named by its name or by its id."));
        if (name is null && there is null) return Refuse(null, id, new Refusal(ErrorCode.UnknownTopicId));

        var known = there?.Name ?? name!;
        var hidden = authorizer.Check(who, Describe, known);
        if (hidden != ErrorCode.None) return Refuse(name, id, new Refusal(hidden));
        if (there is null) return Refuse(name, id, new Refusal(ErrorCode.UnknownTopicOrPartition, $"There is no topic '{name}'."));
        var denied = authorizer.Check(who, Delete, known);
        return denied == ErrorCode.None ? null : Refuse(known, id, new Refusal(denied));
    }

    private static Refusal Invalid(string message) => new(ErrorCode.InvalidRequest, message);

    private static DeleteTopicsResponse.Topic Refuse(string? name, Guid id, Refusal refusal) =>
        new() { Name = name, TopicId = id, ErrorCode = refusal.Error, ErrorMessage = refusal.Message };
}
