namespace Fink.Kafka.Protocol.Values;

/// <summary>How the name in an ACL, or in a filter of ACLs, is meant.</summary>
public enum PatternType : sbyte
{
    Unknown = 0,

    /// <summary>In filters only: literal and prefixed ones alike.</summary>
    Any = 1,

    /// <summary>In filters only: every pattern that applies to a resource of the filter's name.</summary>
    Match = 2,

    /// <summary>One name, or <c>*</c> for all.</summary>
    Literal = 3,
    Prefixed = 4,
}
