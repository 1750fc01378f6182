namespace Fink.Kafka.Acls;

/// <summary>Which ACLs: every field that is not null must be equal.</summary>
public sealed record AclFilter
{
    public static AclFilter Everything { get; } = new();

    public AclResourceType? Type { get; init; }

    public string? Name { get; init; }

    public AclPattern? Pattern { get; init; }

    public string? Principal { get; init; }

    public string? Host { get; init; }

    public AclOperation? Operation { get; init; }

    public AclPermissionType? Permission { get; init; }

    public bool Matches(Acl acl) =>
        (Type is null || Type == acl.Resource.Type)
        && (Name is null || Name == acl.Resource.Name)
        && (Pattern is null || Pattern == acl.Resource.Pattern)
        && (Principal is null || Principal == acl.Principal)
        && (Host is null || Host == acl.Host)
        && (Operation is null || Operation == acl.Operation)
        && (Permission is null || Permission == acl.Permission);
}
