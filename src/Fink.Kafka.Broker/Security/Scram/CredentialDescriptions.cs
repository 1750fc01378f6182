using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Scram;

/// <summary>What may be told of a user's credentials: which there are, and their iterations.</summary>
internal sealed record CredentialDescription(
    string User, ErrorCode Error, string? Message, IReadOnlyList<(ScramMechanism Mechanism, int Iterations)> Credentials);

internal static class CredentialDescriptions
{
    /// <param name="users">None for all.</param>
    public static IReadOnlyList<CredentialDescription> Of(MetadataImage image, IReadOnlyCollection<string> users)
    {
        if (users.Count == 0) return [.. image.Users.Keys.Select(user => Describe(image, user))];

        return [.. users
            .CountBy(user => user, StringComparer.Ordinal)
            .Select(named => named.Value == 1 ? Describe(image, named.Key) : Refused(
                named.Key,
                ErrorCode.DuplicateResource,
                "Cannot describe SCRAM credentials for the same user twice in a single request: "))];
    }

    private static CredentialDescription Describe(MetadataImage image, string user)
    {
        if (image.Users.GetValueOrDefault(user) is not { } credentials)
        {
            return Refused(
                user, ErrorCode.ResourceNotFound, "Attempt to describe a user credential that does not exist: ");
        }

        return new CredentialDescription(
            user, ErrorCode.None, null,
            [.. credentials.Values.OrderBy(one => one.Mechanism).Select(one => (one.Mechanism, one.Iterations))]);
    }

    private static CredentialDescription Refused(string user, ErrorCode error, string message) =>
        new(user, error, message + user, []);
}
