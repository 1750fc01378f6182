using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Handlers.Mapping;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

internal sealed class CreatePartitionsHandler(TopicLifecycle topics, Authorizer authorizer)
    : IRequestHandler<CreatePartitionsRequest, CreatePartitionsResponse>
{
    private static readonly PermissionRule Alter = ApiPermissions.Rule(ApiKey.CreatePartitions, ResourceType.Topic);

    public ValueTask<CreatePartitionsResponse?> HandleAsync(
        CreatePartitionsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var answers = new AnswersByName(
            Array.ConvertAll(request.Topics, topic => topic.Name), name => authorizer.Check(context.Who, Alter, name));
        var wanted = request.Topics.Where(topic => answers.IsOpen(topic.Name)).Select(Wish).ToList();
        foreach (var (wish, answer) in wanted.Zip(topics.Grow(wanted, request.ValidateOnly))) answers.Set(wish.Topic, answer);
        return ValueTask.FromResult<CreatePartitionsResponse?>(new CreatePartitionsResponse
        {
            Results = answers.Map((name, answer) => new CreatePartitionsResponse.Topic
            {
                Name = name,
                ErrorCode = answer.Refusal?.Error ?? ErrorCode.None,
                ErrorMessage = answer.Refusal?.Message,
            }),
        });
    }

    private static MorePartitions Wish(CreatePartitionsRequest.Topic topic) => new(
        topic.Name,
        topic.Count,
        topic.Assignments is { } assignments ? Array.ConvertAll(assignments, assignment => (IReadOnlyList<int>)assignment.BrokerIds) : null);
}
