using Fink.Kafka.Clients;

namespace Fink.Kafka.Acls;

/// <summary>The cluster's ACLs. Changes return once the cluster lists them so.</summary>
public sealed class AclAdmin
{
    private readonly AdminSession _session;

    internal AclAdmin(AdminSession session) => _session = session;

    /// <summary>By resource, principal, operation.</summary>
    public Task<IReadOnlyList<Acl>> ListAsync(AclFilter filter, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <returns>Those that were not there before.</returns>
    public Task<IReadOnlyList<Acl>> AddAsync(IReadOnlyList<Acl> acls, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Removes exactly these; one that is not there is no error.</summary>
    /// <returns>Those that were there and are gone.</returns>
    public Task<IReadOnlyList<Acl>> RemoveAsync(IReadOnlyList<Acl> acls, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>
    /// Asks <see cref="AclCheck"/> over the cluster's ACLs, again and again until it allows or <paramref name="wait"/>
    /// is over, as ACLs take a moment to spread.
    /// </summary>
    public Task<AclVerdict> CheckAsync(
        AclQuestion question, AuthorizerSettings settings, TimeSpan wait, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
