namespace Fink.Kafka.Cluster.Security;

/// <summary>The first users' passwords, from their files or made anew.</summary>
/// <param name="AreNew">The brokers do not have these users with these passwords yet.</param>
internal sealed record FirstPasswords(IReadOnlyDictionary<string, string> ByUser, bool AreNew)
{
    /// <param name="isFirst">Whether no broker of the folder was ever ready.</param>
    public static FirstPasswords Of(ClusterLayout layout, bool isFirst) => new(
        FirstUsers.All.ToDictionary(user => user, user => FirstUsers.ReadPassword(layout, user) ?? Passwords.Generate()),
        isFirst || File.Exists(layout.UnmadeUsersFile) || !FirstUsers.HaveCredentials(layout));

    public void Write(ClusterLayout layout, string bootstrapServers, TlsMaterial? tls)
    {
        foreach (var (user, password) in ByUser)
        {
            FirstUsers.Write(layout, user, password, bootstrapServers, tls);
        }
    }
}
