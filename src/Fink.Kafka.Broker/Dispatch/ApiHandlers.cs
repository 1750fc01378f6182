using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Producers;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>The one list of handlers, in key order: an API is one line.</summary>
internal static class ApiHandlers
{
    public static Router Route(BrokerServices broker) => new Router()
        .Add(new ProduceHandler(broker.Partitions, broker.Authorizer))
        .Add(new FetchHandler(broker.Partitions, broker.Settings.FetchMaxBytes, broker.Time))
        .Add(new ListOffsetsHandler(broker.Partitions))
        .Add(new MetadataHandler(
            broker.ClusterId, broker.Settings.Rack, broker.Configs, broker.Metadata, broker.Logs, broker.Topics, broker.Authorizer))
        .Add(new OffsetCommitHandler(broker.Metadata, broker.Groups, broker.Authorizer))
        .Add(new OffsetFetchHandler(broker.Groups, broker.Authorizer))
        .Add(new FindCoordinatorHandler(broker.Settings.NodeId, broker.Authorizer))
        .Add(new JoinGroupHandler(broker.Groups, broker.Authorizer))
        .Add(new HeartbeatHandler(broker.Groups, broker.Authorizer))
        .Add(new LeaveGroupHandler(broker.Groups, broker.Authorizer))
        .Add(new SyncGroupHandler(broker.Groups, broker.Authorizer))
        .Add(new DescribeGroupsHandler(broker.Groups, broker.Authorizer))
        .Add(new ListGroupsHandler(broker.Groups, broker.Authorizer))
        .Add(new SaslHandshakeHandler())
        .Add(new ApiVersionsHandler())
        .Add(new CreateTopicsHandler(broker.Topics, broker.Configs, broker.Authorizer))
        .Add(new DeleteTopicsHandler(broker.Metadata, broker.Topics, broker.Configs, broker.Authorizer))
        .Add(new DeleteRecordsHandler(broker.Partitions))
        .Add(new InitProducerIdHandler(new ProducerIds(broker.Metadata), broker.Authorizer))
        .Add(new OffsetForLeaderEpochHandler(broker.Partitions))
        .Add(new DescribeAclsHandler(broker.Metadata, broker.Authorizer))
        .Add(new CreateAclsHandler(broker.Metadata, broker.Authorizer))
        .Add(new DeleteAclsHandler(broker.Metadata, broker.Authorizer))
        .Add(new DescribeConfigsHandler(broker.Metadata, broker.Configs, broker.Authorizer))
        .Add(new AlterConfigsHandler(broker.ConfigChanges, broker.Authorizer))
        .Add(new DescribeLogDirsHandler(broker.Logs, broker.Metadata, broker.Authorizer))
        .Add(new SaslAuthenticateHandler(broker.Settings, broker.Time, broker.ClientLog))
        .Add(new CreatePartitionsHandler(broker.Topics, broker.Authorizer))
        .Add(new DeleteGroupsHandler(broker.Groups, broker.Authorizer))
        .Add(new ElectLeadersHandler(broker.Metadata, broker.Authorizer))
        .Add(new IncrementalAlterConfigsHandler(broker.ConfigChanges, broker.Authorizer))
        .Add(new ListPartitionReassignmentsHandler(broker.Authorizer))
        .Add(new OffsetDeleteHandler(broker.Metadata, broker.Groups, broker.Authorizer))
        .Add(new DescribeClientQuotasHandler(broker.Metadata, broker.Authorizer))
        .Add(new AlterClientQuotasHandler(broker.Metadata, broker.Authorizer))
        .Add(new DescribeUserScramCredentialsHandler(broker.Metadata, broker.Authorizer))
        .Add(new AlterUserScramCredentialsHandler(broker.Metadata, broker.Authorizer))
        .Add(new DescribeClusterHandler(broker.ClusterId, broker.Settings, broker.Authorizer))
        .Add(new DescribeProducersHandler(broker.Partitions))
        .Add(new DescribeTransactionsHandler(broker.Authorizer))
        .Add(new ListTransactionsHandler());
}
