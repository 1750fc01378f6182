using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Acls;
using Fink.Kafka.Cluster.Storage;
using Sha = Confluent.Kafka.Admin.ScramMechanism;

namespace Fink.Kafka.Cluster.Security;

/// <summary>
/// Makes the first users and their ACLs through the listener that the brokers use among themselves: there is no user to
/// log in as before. Passwords go to Kafka salted and hashed, never to a child process.
/// </summary>
internal sealed class UserSetup(KafkaConnection brokers, TimeProvider time)
{
    /// <summary>Not by <see cref="Fink.Kafka.Users.UserAdmin"/>, which logs in as each new user: this listener lets in none.</summary>
    /// <exception cref="ClusterException"/>
    public async Task MakeUsersAsync(IReadOnlyDictionary<string, string> passwords, CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig(brokers.ToClientConfig()))
            .SetErrorHandler((_, _) => { })
            .SetLogHandler((_, _) => { })
            .Build();
        try
        {
            await admin.AlterUserScramCredentialsAsync(
                passwords.Select(user => new UserScramCredentialUpsertion
                {
                    User = user.Key,
                    ScramCredentialInfo = new ScramCredentialInfo { Mechanism = Sha.ScramSha512, Iterations = FirstUsers.Iterations },
                    Password = Encoding.UTF8.GetBytes(user.Value),
                }),
                new AlterUserScramCredentialsOptions { RequestTimeout = brokers.Timeout }).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (KafkaException e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"the brokers run, but the first users cannot be made: {e.Message}", e);
        }
    }

    /// <exception cref="ClusterException"/>
    public Task MakeAclsAsync(string host, string? distributionTopic, CancellationToken cancellationToken) =>
        ChangeAclsAsync([], FirstRights.For(host, distributionTopic), "the first users' ACLs cannot be made", cancellationToken);

    /// <summary>Takes back what clients without a login could do, and gives them what they may do now; null for nothing.</summary>
    /// <exception cref="ClusterException"/>
    public Task GrantAnonymousAsync(AnonymousGrant? before, AnonymousGrant? now, CancellationToken cancellationToken) =>
        ChangeAclsAsync(
            before is null ? [] : AnonymousRights.For(before), now is null ? [] : AnonymousRights.For(now),
            "the ACLs of clients without a login cannot be changed", cancellationToken);

    private async Task ChangeAclsAsync(
        IReadOnlyList<Acl> removed, IReadOnlyList<Acl> added, string failure, CancellationToken cancellationToken)
    {
        using var admin = new KafkaAdmin(brokers, time);
        try
        {
            await admin.Acls.RemoveAsync([.. removed.Except(added)], cancellationToken).ConfigureAwait(false);
            await admin.Acls.AddAsync(added, cancellationToken).ConfigureAwait(false);
        }
        catch (KafkaOperationException e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"the brokers run, but {failure}: {e.Message}", e);
        }
    }
}
