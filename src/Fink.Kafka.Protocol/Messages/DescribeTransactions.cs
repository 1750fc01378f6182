using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Messages;

/// <summary>DescribeTransactions, key 65: state of transactional ids.</summary>
public sealed class DescribeTransactionsRequest : IRequest<DescribeTransactionsRequest, DescribeTransactionsResponse>
{
    public static ApiKey Key => ApiKey.DescribeTransactions;

    public static ApiVersions Versions => new(Oldest: 0, Newest: 0, FlexibleFrom: 0);

    public string[] TransactionalIds = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Strings(ref TransactionalIds);
        visitor.NoTags();
    }
}

public sealed class DescribeTransactionsResponse : IResponse
{
    public int ThrottleTimeMs;
    public Transaction[] TransactionStates = [];

    public void VisitFields<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor, allows ref struct
    {
        visitor.Int32(ref ThrottleTimeMs);
        visitor.Structs(ref TransactionStates);
        visitor.NoTags();
    }

    public struct Transaction() : IWireStruct
    {
        public ErrorCode ErrorCode;
        public string TransactionalId = "";
        public string TransactionState = "";
        public int TransactionTimeoutMs;
        public long TransactionStartTimeMs;
        public long ProducerId;
        public short ProducerEpoch;
        public Topic[] Topics = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.Error(ref ErrorCode);
            visitor.String(ref TransactionalId);
            visitor.String(ref TransactionState);
            visitor.Int32(ref TransactionTimeoutMs);
            visitor.Int64(ref TransactionStartTimeMs);
            visitor.Int64(ref ProducerId);
            visitor.Int16(ref ProducerEpoch);
            visitor.Structs(ref Topics);
            visitor.NoTags();
        }
    }

    public struct Topic() : IWireStruct
    {
        public string Name = "";
        public int[] Partitions = [];

        public void VisitFields<TVisitor>(ref TVisitor visitor)
            where TVisitor : IFieldVisitor, allows ref struct
        {
            visitor.String(ref Name);
            visitor.Int32s(ref Partitions);
            visitor.NoTags();
        }
    }
}
