using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Clients;
using Native = Confluent.Kafka.Admin.ScramMechanism;

namespace Fink.Kafka.Users;

/// <summary>SCRAM users. Kafka never shows a password: the only proof of one is to log in with it.</summary>
public sealed class UserAdmin
{
    /// <summary>Kafka's default and minimum.</summary>
    public const int DefaultIterations = 4096;

    private readonly AdminSession _session;

    internal UserAdmin(AdminSession session) => _session = session;

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<ScramUser>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await DescribeAsync("list users", [], cancellationToken).ConfigureAwait(false))
            .OrderBy(u => u.Name, StringComparer.Ordinal)];

    /// <summary>The user's credentials, or null if there is no such user.</summary>
    public async Task<ScramUser?> FindAsync(string user, CancellationToken cancellationToken) =>
        (await DescribeAsync($"look up user {user}", [user], cancellationToken).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Why such a user is not to be made, or null.</summary>
    public static string? AddMistake(string user, Secret password) => ScramText.Mistake(user, password) ?? ScramText.MisleadingName(user);

    /// <summary>Why no client can send this name and password as they are, or null: to log in with them proves nothing.</summary>
    public static string? LoginMistake(string user, Secret password) => ScramText.Mistake(user, password);

    /// <summary>
    /// Makes the user, or gives one that has this mechanism the new password, and returns when every broker lets it
    /// log in (where this connection is SASL; else when the cluster lists it).
    /// </summary>
    /// <returns>Whether the user had this mechanism already.</returns>
    public async Task<bool> AddAsync(
        string user, Secret password, ScramMechanism mechanism, int iterations, CancellationToken cancellationToken)
    {
        if (AddMistake(user, password) is { } mistake)
        {
            throw Wording.Exception(_session.Connection, $"add user {user}", new Failure(FailureKind.Invalid, mistake));
        }

        var before = await FindAsync(user, cancellationToken).ConfigureAwait(false);
        await AlterAsync(
            $"add user {user}",
            [
                new UserScramCredentialUpsertion
                {
                    User = user,
                    ScramCredentialInfo = new() { Mechanism = ToNative(mechanism), Iterations = iterations },
                    Password = System.Text.Encoding.UTF8.GetBytes(password.Reveal()),
                },
            ],
            cancellationToken).ConfigureAwait(false);
        await _session.UntilVisibleAsync(
            $"add user {user}",
            () => IsUsableAsync(user, password, mechanism, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return before?.Credentials.Any(c => c.Mechanism == mechanism) ?? false;
    }

    /// <summary>Deletes every mechanism of the user. One that does not exist is <see cref="FailureKind.NotFound"/>.</summary>
    public async Task<IReadOnlyList<ScramMechanism>> DeleteAsync(string user, CancellationToken cancellationToken)
    {
        var attempt = $"delete user {user}";
        var found = await FindAsync(user, cancellationToken).ConfigureAwait(false)
            ?? throw Wording.Exception(
                _session.Connection, attempt, new Failure(FailureKind.NotFound, "there is no such user"));
        IReadOnlyList<ScramMechanism> mechanisms = [.. found.Credentials.Select(c => c.Mechanism)];
        foreach (var mechanism in mechanisms)
        {
            // Kafka takes one change of a user in a request.
            await AlterAsync(
                attempt,
                [new UserScramCredentialDeletion { User = user, Mechanism = ToNative(mechanism) }],
                cancellationToken).ConfigureAwait(false);
        }

        await _session.UntilVisibleAsync(
            attempt,
            async () => await FindAsync(user, cancellationToken).ConfigureAwait(false) is null,
            cancellationToken).ConfigureAwait(false);
        return mechanisms;
    }

    /// <summary>Logs in as the user: true if the broker accepts the password, false if it refuses it.</summary>
    public Task<bool> VerifyAsync(
        string user, Secret password, ScramMechanism mechanism, CancellationToken cancellationToken) =>
        LoginMistake(user, password) is { } mistake
        ? throw Wording.Exception(_session.Connection, $"log in as {user}", new Failure(FailureKind.Invalid, mistake))
        : LogsInAsync(_session.Connection.As(user, password, mechanism), cancellationToken);

    private async Task<bool> IsUsableAsync(
        string user, Secret password, ScramMechanism mechanism, CancellationToken cancellationToken)
    {
        var listed = await FindAsync(user, cancellationToken).ConfigureAwait(false);
        if (listed is null || listed.Credentials.All(c => c.Mechanism != mechanism))
        {
            return false;
        }

        if (!_session.Connection.Properties.UsesSasl)
        {
            return true;
        }

        var cluster = await new ClusterAdmin(_session).DescribeAsync(cancellationToken).ConfigureAwait(false);
        foreach (var broker in cluster.Brokers)
        {
            var there = _session.Connection.As(user, password, mechanism) with
            {
                BootstrapServers = HostAndPort(broker),
            };
            if (!await LogsInAsync(there, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> LogsInAsync(KafkaConnection connection, CancellationToken cancellationToken)
    {
        using var session = new AdminSession(connection, _session.TimeProvider);
        try
        {
            await new ClusterAdmin(session).DescribeAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (KafkaOperationException e) when (e.Kind == FailureKind.AuthenticationFailed)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<ScramUser>> DescribeAsync(
        string attempt, IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        await ClusterRights.RequireDescribeAsync(_session, attempt, cancellationToken).ConfigureAwait(false);
        var answers = await _session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                try
                {
                    var options = new DescribeUserScramCredentialsOptions { RequestTimeout = timeout };
                    return (await client.DescribeUserScramCredentialsAsync(users, options).ConfigureAwait(false))
                        .UserScramCredentialsDescriptions;
                }
                catch (DescribeUserScramCredentialsException e)
                {
                    return e.Results.UserScramCredentialsDescriptions;
                }
            },
            cancellationToken).ConfigureAwait(false);
        var failures = answers
            .Where(a => a.Error.IsError && a.Error.Code != ErrorCode.ResourceNotFound)
            .Select(a => (a.User, a.Error));
        _session.ThrowIfAny(attempt, [.. failures], answers.Count);
        return
        [
            .. answers.Where(a => !a.Error.IsError).Select(a => new ScramUser(
                a.User,
                [.. a.ScramCredentialInfos.Select(c => new ScramCredential(FromNative(c.Mechanism), c.Iterations))])),
        ];
    }

    private Task<bool> AlterAsync(
        string attempt, IEnumerable<UserScramCredentialAlteration> alterations, CancellationToken cancellationToken) =>
        _session.RunAsync(
            attempt,
            async (client, timeout) =>
            {
                try
                {
                    await client.AlterUserScramCredentialsAsync(
                        alterations, new AlterUserScramCredentialsOptions { RequestTimeout = timeout })
                        .ConfigureAwait(false);
                }
                catch (AlterUserScramCredentialsException e)
                {
                    _session.ThrowIfAny(
                        attempt,
                        [.. e.Results.Where(r => r.Error.IsError).Select(r => (r.User, r.Error))],
                        e.Results.Count);
                }

                return true;
            },
            cancellationToken);

    private static string HostAndPort(BrokerNode broker) =>
        broker.Host.Contains(':', StringComparison.Ordinal)
            ? $"[{broker.Host}]:{broker.Port}"
            : $"{broker.Host}:{broker.Port}";

    private static Native ToNative(ScramMechanism mechanism) => mechanism switch
    {
        ScramMechanism.Sha256 => Native.ScramSha256,
        ScramMechanism.Sha512 => Native.ScramSha512,
        _ => throw new ArgumentOutOfRangeException(nameof(mechanism), mechanism, "Not a SCRAM mechanism."),
    };

    private static ScramMechanism FromNative(Native mechanism) =>
        mechanism == Native.ScramSha256 ? ScramMechanism.Sha256 : ScramMechanism.Sha512;
}

public sealed record ScramUser(string Name, IReadOnlyList<ScramCredential> Credentials);

public sealed record ScramCredential(ScramMechanism Mechanism, int Iterations);
