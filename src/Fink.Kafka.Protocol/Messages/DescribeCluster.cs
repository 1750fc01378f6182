using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeCluster, key 60: cluster id, controller and brokers.</summary>
/// <remarks>v1 endpoint type.</remarks>
public sealed class DescribeClusterRequest : IRequest<DescribeClusterRequest, DescribeClusterResponse>
{
    public static ApiKey Key => ApiKey.DescribeCluster;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 1, FlexibleFrom: 0);

    public bool IncludeClusterAuthorizedOperations;
    public EndpointType EndpointType = EndpointType.Brokers;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Bool(ref IncludeClusterAuthorizedOperations);
        if (visitor.Version >= 1) visitor.Enum8(ref EndpointType);
        visitor.NoTags();
    }
}

public sealed class DescribeClusterResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string? ErrorMessage;
    public EndpointType EndpointType = EndpointType.Brokers;
    public string ClusterId = "";
    public int ControllerId = -1;
    public Broker[] Brokers = [];
    public int ClusterAuthorizedOperations = int.MinValue;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.NullableString(ref ErrorMessage);
        if (visitor.Version >= 1) visitor.Enum8(ref EndpointType);
        visitor.String(ref ClusterId);
        visitor.Int32(ref ControllerId);
        visitor.Structs(ref Brokers);
        visitor.Int32(ref ClusterAuthorizedOperations);
        visitor.NoTags();
    }

    public struct Broker() : IWireStruct
    {
        public int BrokerId;
        public string Host = "";
        public int Port;
        public string? Rack;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Int32(ref BrokerId);
            visitor.String(ref Host);
            visitor.Int32(ref Port);
            visitor.NullableString(ref Rack);
            visitor.NoTags();
        }
    }
}
