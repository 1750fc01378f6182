using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Producers;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>The one list of handlers, in key order: an API is one line.</summary>
internal static class ApiHandlers
{
    public static Router Route(BrokerServices broker) => new Router()
        .Add(new ProduceHandler(broker.Partitions, broker.Authorizer))
        .Add(new FetchHandler(broker.Partitions, broker.Settings, broker.Time))
        .Add(new ListOffsetsHandler(broker.Partitions))
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
        .Add(new DeleteRecordsHandler(broker.Partitions))
        .Add(new InitProducerIdHandler(new ProducerIds(broker.Metadata), broker.Authorizer))
        .Add(new OffsetForLeaderEpochHandler(broker.Partitions))
        .Add(new DescribeAclsHandler(broker.Metadata, broker.Authorizer))
        .Add(new CreateAclsHandler(broker.Metadata, broker.Authorizer))
        .Add(new DeleteAclsHandler(broker.Metadata, broker.Authorizer))
        .Add(new DescribeLogDirsHandler(broker.Logs, broker.Metadata, broker.Authorizer))
        .Add(new SaslAuthenticateHandler(broker.Settings, broker.Time, broker.Loggers))
        .Add(new DeleteGroupsHandler(broker.Groups, broker.Authorizer))
        .Add(new OffsetDeleteHandler(broker.Metadata, broker.Groups, broker.Authorizer))
        .Add(new DescribeClientQuotasHandler(broker.Metadata, broker.Authorizer))
        .Add(new AlterClientQuotasHandler(broker.Metadata, broker.Authorizer))
        .Add(new DescribeUserScramCredentialsHandler(broker.Metadata, broker.Authorizer))
        .Add(new AlterUserScramCredentialsHandler(broker.Metadata, broker.Authorizer))
        .Add(new DescribeProducersHandler(broker.Partitions))
        .Add(new DescribeTransactionsHandler(broker.Authorizer))
        .Add(new ListTransactionsHandler());
}
