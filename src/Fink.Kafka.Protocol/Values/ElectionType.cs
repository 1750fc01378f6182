namespace Fink.Kafka.Protocol.Values;

/// <summary>Which replica an election prefers.</summary>
public enum ElectionType : sbyte
{
    Preferred = 0,
    Unclean = 1,
}
