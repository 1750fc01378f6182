using Fink.Kafka.Clients;

namespace Fink.Kafka.Users;

/// <summary>SCRAM users. Kafka never shows a password: the only proof of one is to log in with it.</summary>
public sealed class UserAdmin
{
    /// <summary>Kafka's default and minimum.</summary>
    public const int DefaultIterations = 4096;

    private readonly AdminSession _session;

    internal UserAdmin(AdminSession session) => _session = session;

    /// <summary>By name.</summary>
    public Task<IReadOnlyList<ScramUser>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>
    /// Makes the user, or gives one that has this mechanism the new password, and returns when every broker lets it
    /// log in (where this connection is SASL; else when the cluster lists it).
    /// </summary>
    /// <returns>Whether the user had this mechanism already.</returns>
    public Task<bool> AddAsync(
        string user, Secret password, ScramMechanism mechanism, int iterations, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Deletes every mechanism of the user. One that does not exist is <see cref="FailureKind.NotFound"/>.</summary>
    public Task<IReadOnlyList<ScramMechanism>> DeleteAsync(string user, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Logs in as the user: true if the broker accepts the password, false if it refuses it.</summary>
    public Task<bool> VerifyAsync(
        string user, Secret password, ScramMechanism mechanism, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}

public sealed record ScramUser(string Name, IReadOnlyList<ScramCredential> Credentials);

public sealed record ScramCredential(ScramMechanism Mechanism, int Iterations);
