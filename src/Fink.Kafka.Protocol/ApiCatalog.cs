using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Protocol;

/// <summary>What <see cref="ApiCatalog.VisitAll"/> does with each API.</summary>
public interface IApiVisitor
{
    void Visit<TRequest, TResponse>()
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new();
}

/// <summary>An API whose messages are here.</summary>
/// <param name="Versions">The versions that can be read and written.</param>
/// <param name="AdvertisedFrom">
/// The oldest version that a client is told of; null where the broker does not serve the API yet and tells nobody.
/// </param>
public sealed record ApiDescription(ApiKey Key, ApiVersions Versions, short? AdvertisedFrom)
{
    public bool IsAdvertised => AdvertisedFrom is not null;
}

/// <summary>The one list of APIs, in key order: dispatch, the answer to ApiVersions, tests and documentation read it.</summary>
public static class ApiCatalog
{
    private static readonly ApiDescription?[] ByKey = Collect();

    /// <summary>All APIs whose messages are here, in key order.</summary>
    public static IReadOnlyList<ApiDescription> All { get; } = [.. ByKey.OfType<ApiDescription>()];

    /// <summary>Null where there are no messages for this key.</summary>
    public static ApiDescription? Find(ApiKey key) => (uint)key < (uint)ByKey.Length ? ByKey[(int)key] : null;

    public static void VisitAll(IApiVisitor visitor)
    {
        visitor.Visit<ProduceRequest, ProduceResponse>();
        visitor.Visit<FetchRequest, FetchResponse>();
        visitor.Visit<ListOffsetsRequest, ListOffsetsResponse>();
        visitor.Visit<MetadataRequest, MetadataResponse>();
        visitor.Visit<OffsetCommitRequest, OffsetCommitResponse>();
        visitor.Visit<OffsetFetchRequest, OffsetFetchResponse>();
        visitor.Visit<FindCoordinatorRequest, FindCoordinatorResponse>();
        visitor.Visit<JoinGroupRequest, JoinGroupResponse>();
        visitor.Visit<HeartbeatRequest, HeartbeatResponse>();
        visitor.Visit<LeaveGroupRequest, LeaveGroupResponse>();
        visitor.Visit<SyncGroupRequest, SyncGroupResponse>();
        visitor.Visit<DescribeGroupsRequest, DescribeGroupsResponse>();
        visitor.Visit<ListGroupsRequest, ListGroupsResponse>();
        visitor.Visit<SaslHandshakeRequest, SaslHandshakeResponse>();
        visitor.Visit<ApiVersionsRequest, ApiVersionsResponse>();
        visitor.Visit<CreateTopicsRequest, CreateTopicsResponse>();
        visitor.Visit<DeleteTopicsRequest, DeleteTopicsResponse>();
        visitor.Visit<DeleteRecordsRequest, DeleteRecordsResponse>();
        visitor.Visit<InitProducerIdRequest, InitProducerIdResponse>();
        visitor.Visit<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>();
        visitor.Visit<AddPartitionsToTxnRequest, AddPartitionsToTxnResponse>();
        visitor.Visit<AddOffsetsToTxnRequest, AddOffsetsToTxnResponse>();
        visitor.Visit<EndTxnRequest, EndTxnResponse>();
        visitor.Visit<TxnOffsetCommitRequest, TxnOffsetCommitResponse>();
        visitor.Visit<DescribeAclsRequest, DescribeAclsResponse>();
        visitor.Visit<CreateAclsRequest, CreateAclsResponse>();
        visitor.Visit<DeleteAclsRequest, DeleteAclsResponse>();
        visitor.Visit<DescribeConfigsRequest, DescribeConfigsResponse>();
        visitor.Visit<AlterConfigsRequest, AlterConfigsResponse>();
        visitor.Visit<DescribeLogDirsRequest, DescribeLogDirsResponse>();
        visitor.Visit<SaslAuthenticateRequest, SaslAuthenticateResponse>();
        visitor.Visit<CreatePartitionsRequest, CreatePartitionsResponse>();
        visitor.Visit<DeleteGroupsRequest, DeleteGroupsResponse>();
        visitor.Visit<ElectLeadersRequest, ElectLeadersResponse>();
        visitor.Visit<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>();
        visitor.Visit<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse>();
        visitor.Visit<OffsetDeleteRequest, OffsetDeleteResponse>();
        visitor.Visit<DescribeClientQuotasRequest, DescribeClientQuotasResponse>();
        visitor.Visit<AlterClientQuotasRequest, AlterClientQuotasResponse>();
        visitor.Visit<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>();
        visitor.Visit<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>();
        visitor.Visit<DescribeClusterRequest, DescribeClusterResponse>();
        visitor.Visit<DescribeProducersRequest, DescribeProducersResponse>();
        visitor.Visit<DescribeTransactionsRequest, DescribeTransactionsResponse>();
        visitor.Visit<ListTransactionsRequest, ListTransactionsResponse>();
    }

    /// <summary>
    /// The range told to clients is the range served, but for two kinds. Produce is told from v0 although v3 is the oldest that can
    /// be read: librdkafka before 2.11.1 sends uncompressed where v0 is missing. Transactions are not told until the broker has them.
    /// </summary>
    private static short? AdvertisedFrom(ApiKey key, ApiVersions versions) => key switch
    {
        ApiKey.Produce => 0,
        ApiKey.AddPartitionsToTxn or ApiKey.AddOffsetsToTxn or ApiKey.EndTxn or ApiKey.TxnOffsetCommit => null,
        _ => versions.Oldest,
    };

    private static ApiDescription?[] Collect()
    {
        var collector = new Collector();
        VisitAll(collector);
        return collector.ByKey;
    }

    private sealed class Collector : IApiVisitor
    {
        public ApiDescription?[] ByKey { get; } = new ApiDescription?[(int)Enum.GetValues<ApiKey>().Max() + 1];

        public void Visit<TRequest, TResponse>()
            where TRequest : class, IRequest<TRequest, TResponse>, new()
            where TResponse : class, IResponse, new()
        {
            var (key, versions) = (TRequest.Key, TRequest.Versions);
            ByKey[(int)key] = new ApiDescription(key, versions, AdvertisedFrom(key, versions));
        }
    }
}
