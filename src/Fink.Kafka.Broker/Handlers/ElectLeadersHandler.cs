using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>The leader of every partition is this broker already.</summary>
internal sealed class ElectLeadersHandler(MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<ElectLeadersRequest, ElectLeadersResponse>
{
    private static readonly PermissionRule Alter = ApiPermissions.Rule(ApiKey.ElectLeaders, ResourceType.Cluster);

    public ValueTask<ElectLeadersResponse?> HandleAsync(
        ElectLeadersRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var denied = authorizer.Check(context.Who, Alter, ResourcePattern.ClusterName);
        return ValueTask.FromResult<ElectLeadersResponse?>(new ElectLeadersResponse
        {
            ErrorCode = denied,
            ReplicaElectionResults = Array.ConvertAll(request.TopicPartitions ?? Everything(denied), topic => Elect(topic, denied)),
        });
    }

    /// <summary>Who asks for every election that is needed is told that no topic has one.</summary>
    private ElectLeadersRequest.Topic[] Everything(ErrorCode denied) =>
        denied == ErrorCode.None ? [.. metadata.Image.Topics.Keys.Select(name => new ElectLeadersRequest.Topic { Name = name })] : [];

    private ElectLeadersResponse.Topic Elect(ElectLeadersRequest.Topic topic, ErrorCode denied)
    {
        var partitions = metadata.Image.Topics.GetValueOrDefault(topic.Name)?.Partitions ?? 0;
        return new ElectLeadersResponse.Topic
        {
            Name = topic.Name,
            PartitionResult = Array.ConvertAll(topic.Partitions, partition => new ElectLeadersResponse.Partition
            {
                PartitionId = partition,
                ErrorCode = denied == ErrorCode.None ? Elect(partition, partitions) : denied,
            }),
        };
    }

    private static ErrorCode Elect(int partition, int partitions) =>
        (uint)partition < (uint)partitions ? ErrorCode.ElectionNotNeeded : ErrorCode.UnknownTopicOrPartition;
}
