using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Sha = Confluent.Kafka.Admin.ScramMechanism;

namespace Fink.Kafka.Cluster.Security;

/// <summary>
/// Makes the first users and their ACLs through the listener that the brokers use among themselves: there is no user to
/// log in as before. Passwords go to Kafka salted and hashed, never to a child process.
/// </summary>
internal sealed class UserSetup(KafkaConnection brokers, TimeProvider time)
{
    private const int Iterations = 8192;

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
                    ScramCredentialInfo = new ScramCredentialInfo { Mechanism = Sha.ScramSha512, Iterations = Iterations },
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
    public async Task MakeAclsAsync(string host, string? distributionTopic, CancellationToken cancellationToken)
    {
        using var admin = new KafkaAdmin(brokers, time);
        try
        {
            await admin.Acls.AddAsync(FirstRights.For(host, distributionTopic), cancellationToken).ConfigureAwait(false);
        }
        catch (KafkaOperationException e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"the brokers run, but the first users' ACLs cannot be made: {e.Message}", e);
        }
    }
}
