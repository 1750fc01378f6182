using System.Security.Cryptography;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Security.Scram;

namespace Fink.Kafka.Broker.Hosting;

/// <summary>The users and ACLs that a new data directory begins with.</summary>
internal static class FirstMetadata
{
    private const int SaltLength = 16;

    /// <summary>Derives keys from passwords, which takes its time: asked for only when a directory is new.</summary>
    /// <exception cref="BrokerException">A user or an ACL that cannot be.</exception>
    public static IEnumerable<MetadataChange> Changes(BrokerOptions options)
    {
        foreach (var user in options.InitialUsers)
        {
            if (user.Name.Length == 0 || user.Password.Length == 0) throw Wrong("An initial user needs a name and a password.");
            foreach (var mechanism in user.Mechanisms)
            {
                var credential = ScramCredential.FromPassword(
                    (ScramMechanism)mechanism, user.Password, RandomNumberGenerator.GetBytes(SaltLength), ScramMechanisms.MinIterations);
                yield return new MetadataChange.CredentialSet(user.Name, credential);
            }
        }

        foreach (var initial in options.InitialAcls)
        {
            var acl = new Acl(
                new ResourcePattern((ResourceType)initial.Resource, (PatternType)initial.Pattern, initial.Name),
                initial.Principal,
                initial.Host,
                (AclOperation)initial.Operation,
                (AclPermission)initial.Permission);
            if (acl.Complaint() is { } complaint) throw Wrong($"An initial ACL for {initial.Principal} cannot be: {complaint}.");
            yield return new MetadataChange.AclAdded(acl);
        }
    }

    private static BrokerException Wrong(string message) => new(BrokerFailure.Options, message);
}
