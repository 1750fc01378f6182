using Fink.Kafka.Broker.Metadata;

namespace Fink.Kafka.Broker.Security.Acls;

/// <summary>What comes of a filter: the ACLs that it deletes, or why it is refused.</summary>
internal readonly record struct AclDeletion(string? Complaint, IReadOnlyList<Acl> Deleted);

/// <summary>Creating and deleting ACLs, as a decision on an image.</summary>
internal static class AclAlterations
{
    /// <returns>The changes, and for each ACL what is wrong with it, or null. One that is there already is no mistake.</returns>
    public static (IReadOnlyList<MetadataChange> Changes, IReadOnlyList<string?> Complaints) Create(
        MetadataImage image, IReadOnlyList<Acl> acls)
    {
        string?[] complaints = [.. acls.Select(acl => acl.Complaint())];
        return (
            [.. acls
                .Where((acl, at) => complaints[at] is null && !image.Acls.Acls.Contains(acl))
                .Distinct()
                .Select(acl => new MetadataChange.AclAdded(acl))],
            complaints);
    }

    /// <returns>The changes, and the outcome of each filter; an ACL that several filters choose is told for each.</returns>
    public static (IReadOnlyList<MetadataChange> Changes, IReadOnlyList<AclDeletion> Outcomes) Delete(
        MetadataImage image, IReadOnlyList<AclFilter> filters)
    {
        AclDeletion[] outcomes = [.. filters.Select(filter => filter.HasUnknowns
            ? new AclDeletion("The filter has an element that is not known", [])
            : new AclDeletion(null, [.. image.Acls.Matching(filter)]))];
        return (
            [.. outcomes.SelectMany(outcome => outcome.Deleted).Distinct().Select(acl => new MetadataChange.AclRemoved(acl))],
            outcomes);
    }
}
