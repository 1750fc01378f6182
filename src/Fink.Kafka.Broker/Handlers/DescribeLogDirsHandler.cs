using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>There is one directory, with all partitions in it.</summary>
internal sealed class DescribeLogDirsHandler(LogDirectory logs, MetadataStore metadata, Authorizer authorizer)
    : IRequestHandler<DescribeLogDirsRequest, DescribeLogDirsResponse>
{
    private const short KnowsVolumes = 4;

    private static readonly PermissionRule Describe = ApiPermissions.Rule(ApiKey.DescribeLogDirs, ResourceType.Cluster);

    public ValueTask<DescribeLogDirsResponse?> HandleAsync(
        DescribeLogDirsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<DescribeLogDirsResponse?>(
            authorizer.Check(context.Who, Describe, ResourcePattern.ClusterName) is var denied and not ErrorCode.None
                ? new() { ErrorCode = denied }
                : new() { Results = [Directory(request, context.Version)] });

    private DescribeLogDirsResponse.Result Directory(DescribeLogDirsRequest request, short version)
    {
        var result = new DescribeLogDirsResponse.Result { LogDir = logs.Path };
        if (version >= KnowsVolumes)
        {
            try
            {
                (result.TotalBytes, result.UsableBytes) = logs.Space();
            }
            catch (IOException)
            {
                result.ErrorCode = ErrorCode.KafkaStorageError;
                return result;
            }
        }

        var image = metadata.Image;
        result.Topics = request.Topics is { } asked
            ? [.. asked.Where(topic => image.Topics.ContainsKey(topic.Name)).Select(topic => Sizes(image.Topics[topic.Name], topic.Partitions))]
            : [.. image.Topics.Values.Select(topic => Sizes(topic, Enumerable.Range(0, topic.Partitions)))];
        return result;
    }

    /// <summary>Partitions that are not there are left out.</summary>
    private DescribeLogDirsResponse.Topic Sizes(Topic topic, IEnumerable<int> partitions)
    {
        List<DescribeLogDirsResponse.Partition> sizes = [];
        foreach (var index in partitions)
        {
            if (logs.Find(topic, index) is { } log)
            {
                sizes.Add(new DescribeLogDirsResponse.Partition { PartitionIndex = index, PartitionSize = Math.Max(0, log.SizeInBytes) });
            }
        }

        return new DescribeLogDirsResponse.Topic { Name = topic.Name, Partitions = [.. sizes] };
    }
}
