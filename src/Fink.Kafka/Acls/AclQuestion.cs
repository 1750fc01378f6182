namespace Fink.Kafka.Acls;

/// <summary>May this user, from this host, do all of this?</summary>
/// <param name="User">A name, or a principal such as `User:alice`.</param>
/// <param name="Host">The client's IP address as the broker sees it.</param>
public sealed record AclQuestion(string User, string Host, IReadOnlyList<AccessWish> Wishes);

/// <summary>What a client wants to do.</summary>
public sealed record AccessWish(AccessKind Kind, string Name);

public enum AccessKind
{
    /// <summary>Consume a topic: Describe and Read.</summary>
    Read,

    /// <summary>Produce to a topic: Describe and Write.</summary>
    Write,

    /// <summary>Be a member of a consumer group: Describe and Read.</summary>
    Group,
}

/// <summary>What Kafka shows nobody: two settings of the brokers' authorizer.</summary>
/// <param name="SuperUsers">Names or principals that no ACL binds.</param>
/// <param name="AllowIfNoAcl">`allow.everyone.if.no.acl.found`.</param>
/// <param name="AreKnown">Read from the cluster's own configuration, not assumed.</param>
public sealed record AuthorizerSettings(IReadOnlyList<string> SuperUsers, bool AllowIfNoAcl, bool AreKnown)
{
    public static AuthorizerSettings Assumed { get; } = new([], AllowIfNoAcl: false, AreKnown: false);
}

/// <param name="Why">One line: the ACL that decided, or what is missing, and what was assumed.</param>
public sealed record AclVerdict(bool Allowed, string Why, IReadOnlyList<WishVerdict> Wishes);

public sealed record WishVerdict(AccessWish Wish, bool Allowed, string Why);
