namespace Fink.Kafka.Protocol.Values;

/// <summary>How the name in an ACL, or in a filter of ACLs, is matched. Any and Match are for filters only.</summary>
public enum PatternType : sbyte
{
    Unknown = 0,
    Any = 1,
    Match = 2,
    Literal = 3,
    Prefixed = 4,
}
