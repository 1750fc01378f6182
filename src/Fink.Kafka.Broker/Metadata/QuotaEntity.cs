namespace Fink.Kafka.Broker.Metadata;

/// <summary>
/// Whom a quota is for. Each part is null where the quota does not name it, and <see cref="Default"/> where it is for all that have
/// none of their own.
/// </summary>
internal sealed record QuotaEntity(string? User, string? ClientId, string? Ip)
{
    /// <summary>A NUL cannot be part of a name over the wire's text, so it stands for Kafka's null entity name.</summary>
    public const string Default = "\0";
}
