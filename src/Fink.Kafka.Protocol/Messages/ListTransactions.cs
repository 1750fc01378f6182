using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>ListTransactions, key 66: transactional ids of this broker.</summary>
/// <remarks>v1 filter by duration.</remarks>
public sealed class ListTransactionsRequest : IRequest<ListTransactionsRequest, ListTransactionsResponse>
{
    public static ApiKey Key => ApiKey.ListTransactions;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 1, FlexibleFrom: 0);

    public string[] StateFilters = [];
    public long[] ProducerIdFilters = [];
    public long DurationFilter = -1;

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Strings(ref StateFilters);
        visitor.Int64s(ref ProducerIdFilters);
        if (visitor.Version >= 1) visitor.Int64(ref DurationFilter);
        visitor.NoTags();
    }
}

public sealed class ListTransactionsResponse : IResponse
{
    public int ThrottleTimeMs;
    public ErrorCode ErrorCode;
    public string[] UnknownStateFilters = [];
    public Transaction[] TransactionStates = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Error(ref ErrorCode);
        visitor.Strings(ref UnknownStateFilters);
        visitor.Structs(ref TransactionStates);
        visitor.NoTags();
    }

    public struct Transaction() : IWireStruct
    {
        public string TransactionalId = "";
        public long ProducerId;
        public string TransactionState = "";

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref TransactionalId);
            visitor.Int64(ref ProducerId);
            visitor.String(ref TransactionState);
            visitor.NoTags();
        }
    }
}
