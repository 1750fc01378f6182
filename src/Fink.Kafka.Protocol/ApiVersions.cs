namespace Fink.Kafka.Protocol;

/// <summary>The versions of an API that its messages can read and write, both ends included.</summary>
/// <param name="FlexibleFrom">
/// The first version with compact lengths and tagged fields, <see cref="NeverFlexible"/> where there is none.
/// Header versions follow from it.
/// </param>
public readonly record struct ApiVersions(short Oldest, short Newest, short FlexibleFrom)
{
    public const short NeverFlexible = short.MaxValue;

    public bool Contains(short version) => version >= Oldest && version <= Newest;

    public bool IsFlexible(short version) => version >= FlexibleFrom;
}
