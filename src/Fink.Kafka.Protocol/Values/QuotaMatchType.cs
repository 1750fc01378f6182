namespace Fink.Kafka.Protocol.Values;

/// <summary>How a filter of quotas matches an entity: by name, the default entity, or any.</summary>
public enum QuotaMatchType : sbyte
{
    Exact = 0,
    Default = 1,
    Any = 2,
}
