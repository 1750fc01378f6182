using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>FindCoordinator, key 10: which broker coordinates a group or a transactional id.</summary>
/// <remarks>v1 transactional ids. v3 flexible. v4 many keys at once.</remarks>
public sealed class FindCoordinatorRequest : IRequest<FindCoordinatorRequest, FindCoordinatorResponse>
{
    public static ApiKey Key => ApiKey.FindCoordinator;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 4, FlexibleFrom: 3);

    public string CoordinatorKey = "";
    public CoordinatorType KeyType;
    public string[] CoordinatorKeys = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version <= 3) visitor.String(ref CoordinatorKey);
        if (visitor.Version >= 1) visitor.Enum8(ref KeyType);
        if (visitor.Version >= 4) visitor.Strings(ref CoordinatorKeys);
        visitor.NoTags();
    }
}

public sealed class FindCoordinatorResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string? ErrorMessage;
    public int NodeId;
    public string Host = "";
    public int Port;
    public Coordinator[] Coordinators = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        if (visitor.Version >= 1) visitor.Int32(ref ThrottleTimeMs);
        if (visitor.Version <= 3) visitor.Error(ref ErrorCode);
        if (visitor.Version is >= 1 and <= 3) visitor.NullableString(ref ErrorMessage);
        if (visitor.Version <= 3) visitor.Int32(ref NodeId);
        if (visitor.Version <= 3) visitor.String(ref Host);
        if (visitor.Version <= 3) visitor.Int32(ref Port);
        if (visitor.Version >= 4) visitor.Structs(ref Coordinators);
        visitor.NoTags();
    }

    public struct Coordinator() : IWireStruct
    {
        public string Key = "";
        public int NodeId;
        public string Host = "";
        public int Port;
        public ErrorCode ErrorCode;
        public string? ErrorMessage;

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Key);
            visitor.Int32(ref NodeId);
            visitor.String(ref Host);
            visitor.Int32(ref Port);
            visitor.Error(ref ErrorCode);
            visitor.NullableString(ref ErrorMessage);
            visitor.NoTags();
        }
    }
}
