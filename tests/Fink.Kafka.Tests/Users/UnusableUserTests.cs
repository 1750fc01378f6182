using Fink.Kafka.Properties;

namespace Fink.Kafka.Tests.Users;

public sealed class UnusableUserTests
{
    [Theory]
    [InlineData("", "secret", "name is empty")]
    [InlineData("zoë", "secret", "ASCII")]
    [InlineData(" bob", "secret", "name must not begin with a blank")]
    [InlineData("*", "secret", "everybody")]
    [InlineData("User:bob", "secret", "write bob")]
    [InlineData("bo\nb", "secret", "control characters")]
    [InlineData("bob", " secret", "password must not begin with a blank")]
    [InlineData("bob", "sec\0ret", "NUL")]
    [InlineData("bob", "sec\uFFFDret", "UTF-8")]
    public async Task Who_could_never_log_in_is_refused_before_the_cluster_is_asked(string user, string password, string says)
    {
        using var admin = new KafkaAdmin(new KafkaConnection("127.0.0.1:1", ClientProperties.Scram("admin", new Secret("x"))), TimeProvider.System);

        var error = await Assert.ThrowsAsync<KafkaOperationException>(() => admin.Users.AddAsync(
            user, new Secret(password), ScramMechanism.Sha512, Kafka.Users.UserAdmin.DefaultIterations, TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.Invalid, error.Kind);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ret", error.Message, StringComparison.Ordinal);
    }
}
