using System.Security.Cryptography;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;

namespace Fink.Kafka.Broker.Hosting;

/// <summary>The users and ACLs that a new data directory begins with, and those that a start sets in any.</summary>
internal static class StartMetadata
{
    private const int SaltLength = 16;

    /// <summary>Derives keys from passwords, which takes its time: asked for only when a directory is new.</summary>
    /// <exception cref="BrokerException">A user or an ACL that cannot be.</exception>
    public static IEnumerable<MetadataChange> OfNewDirectory(BrokerOptions options) =>
        Users(options.InitialUsers).Concat(options.InitialAcls.Select(initial => new MetadataChange.AclAdded(AclOf(initial))));

    /// <summary>Users get their passwords whether they are there or not; an ACL is added where it is missing.</summary>
    /// <exception cref="BrokerException">A user or an ACL that cannot be.</exception>
    public static IReadOnlyList<MetadataChange> OfEveryStart(BrokerOptions options, MetadataImage image) =>
    [
        .. Users(options.ResetUsers),
        .. options.AddedAcls.Select(AclOf).Distinct().Where(acl => !image.Acls.Acls.Contains(acl)).Select(acl => new MetadataChange.AclAdded(acl)),
    ];

    private static IEnumerable<MetadataChange> Users(IReadOnlyList<InitialUser> users)
    {
        foreach (var user in users)
        {
            if (user.Name.Length == 0 || user.Password.Length == 0) throw Wrong("A user of the start needs a name and a password.");
            if (user.Iterations is < ScramMechanisms.MinIterations or > ScramMechanisms.MaxIterations)
            {
                throw Wrong($"{user.Name} has {user.Iterations} iterations: they are {ScramMechanisms.MinIterations} to {ScramMechanisms.MaxIterations}.");
            }

            foreach (var mechanism in user.Mechanisms)
            {
                var credential = ScramCredential.FromPassword(
                    mechanism, user.Password, RandomNumberGenerator.GetBytes(SaltLength), user.Iterations);
                yield return new MetadataChange.CredentialSet(user.Name, credential);
            }
        }
    }

    private static Acl AclOf(InitialAcl initial)
    {
        var acl = new Acl(
            new ResourcePattern(initial.Resource, initial.Pattern, initial.Name),
            initial.Principal,
            initial.Host,
            initial.Operation,
            initial.Permission);
        return acl.Complaint() is { } complaint ? throw Wrong($"An ACL of the start, for {initial.Principal}, cannot be: {complaint}.") : acl;
    }

    private static BrokerException Wrong(string message) => new(BrokerFailure.Options, message);
}
