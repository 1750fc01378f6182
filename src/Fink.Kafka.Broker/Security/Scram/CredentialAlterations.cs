using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Security.Scram;

internal readonly record struct CredentialDeletion(string User, ScramMechanism Mechanism);

/// <summary>A password as admin clients send it: already salted.</summary>
internal readonly record struct CredentialUpsertion(
    string User, ScramMechanism Mechanism, int Iterations, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> SaltedPassword);

/// <param name="Message">In words for the client; null where all is well.</param>
internal readonly record struct CredentialOutcome(string User, ErrorCode Error, string? Message);

/// <summary>
/// What comes of the alterations of one request: a user's are made all or, where one of them is refused, none. Unlike in Kafka a
/// user's two mechanisms may be altered in one request: only the same one twice is a mistake.
/// </summary>
internal sealed class CredentialAlterations
{
    private readonly MetadataImage _image;
    private readonly HashSet<(string User, ScramMechanism Mechanism)> _seen = [];
    private readonly List<(string User, MetadataChange Change)> _changes = [];
    private readonly OrderedDictionary<string, CredentialOutcome> _outcomes = new(StringComparer.Ordinal);

    private CredentialAlterations(MetadataImage image) => _image = image;

    /// <returns>The changes, and an outcome for each user in the order in which the request first names them.</returns>
    public static (IReadOnlyList<MetadataChange> Changes, IReadOnlyList<CredentialOutcome> Outcomes) Decide(
        MetadataImage image, IEnumerable<CredentialDeletion> deletions, IEnumerable<CredentialUpsertion> upsertions)
    {
        var alterations = new CredentialAlterations(image);
        foreach (var deletion in deletions) alterations.Delete(deletion);
        foreach (var upsertion in upsertions) alterations.Upsert(upsertion);
        return (
            [.. alterations._changes
                .Where(change => alterations._outcomes[change.User].Error == ErrorCode.None)
                .Select(change => change.Change)],
            [.. alterations._outcomes.Values]);
    }

    private void Delete(CredentialDeletion deletion)
    {
        if (!IsAcceptable(deletion.User, deletion.Mechanism)) return;
        if (_image.Credential(deletion.User, deletion.Mechanism) is null)
        {
            Refuse(deletion.User, ErrorCode.ResourceNotFound, "Attempt to delete a user credential that does not exist");
            return;
        }

        _changes.Add((deletion.User, new MetadataChange.CredentialDeleted(deletion.User, deletion.Mechanism)));
    }

    private void Upsert(CredentialUpsertion upsertion)
    {
        if (!IsAcceptable(upsertion.User, upsertion.Mechanism)) return;
        if (upsertion.Iterations < ScramMechanisms.MinIterations)
        {
            Refuse(upsertion.User, ErrorCode.UnacceptableCredential, "Too few iterations");
            return;
        }

        if (upsertion.Iterations > ScramMechanisms.MaxIterations)
        {
            Refuse(upsertion.User, ErrorCode.UnacceptableCredential, "Too many iterations");
            return;
        }

        var credential = ScramCredential.FromSaltedPassword(
            upsertion.Mechanism, upsertion.SaltedPassword.ToArray(), upsertion.Salt.ToArray(), upsertion.Iterations);
        _changes.Add((upsertion.User, new MetadataChange.CredentialSet(upsertion.User, credential)));
    }

    private bool IsAcceptable(string user, ScramMechanism mechanism)
    {
        _outcomes.TryAdd(user, new CredentialOutcome(user, ErrorCode.None, null));
        if (user.Length == 0)
        {
            Refuse(user, ErrorCode.UnacceptableCredential, "Username must not be empty");
        }
        else if (mechanism is not (ScramMechanism.ScramSha256 or ScramMechanism.ScramSha512))
        {
            Refuse(user, ErrorCode.UnsupportedSaslMechanism, "Unknown SCRAM mechanism");
        }
        else if (!_seen.Add((user, mechanism)))
        {
            Refuse(user, ErrorCode.DuplicateResource, "A user credential cannot be altered twice in the same request");
        }

        return _outcomes[user].Error == ErrorCode.None;
    }

    /// <summary>A user's first mistake is the one that is told.</summary>
    private void Refuse(string user, ErrorCode error, string message)
    {
        if (_outcomes[user].Error == ErrorCode.None) _outcomes[user] = new CredentialOutcome(user, error, message);
    }
}
