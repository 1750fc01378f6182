using Confluent.Kafka;
using Fink.Kafka.Clients;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Tests.Clients;

public sealed class FailureReadingTests
{
    [Theory]
    [InlineData(
        ErrorCode.Local_Transport,
        "sasl_plaintext://127.0.0.1:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: Connection refused (after 0ms in state CONNECT)",
        FailureKind.Unreachable,
        "Connect to ipv4#127.0.0.1:1 failed: Connection refused")]
    [InlineData(
        ErrorCode.Local_Transport, "ssl://h:1/1: SSL handshake failed: closed", FailureKind.TlsFailed, "SSL handshake failed: closed")]
    [InlineData(
        ErrorCode.ClusterAuthorizationFailed,
        "Request Request(processor=2, session=Session@1, buffer=HeapByteBuffer) is not authorized.",
        FailureKind.Denied,
        "Broker: Cluster authorization failed")]
    [InlineData(ErrorCode.NotCoordinatorForGroup, "ConsumerGroupDescribe: ", FailureKind.Failed, "Broker: Not coordinator")]
    public void A_reason_is_read_without_its_decoration(ErrorCode code, string said, FailureKind kind, string reason) =>
        Assert.Equal(new Failure(kind, reason), FailureReading.Read(new Error(code, said)));

    [Fact]
    public void A_time_out_is_explained_by_the_refused_log_in_before_it()
    {
        var watch = new ClientWatch(new KafkaConnection("h:1", ClientProperties.Scram("bob", new Secret("hidden"))));
        watch.OnError(new Error(ErrorCode.Local_Transport, "h:1/1: Disconnected"));
        watch.OnError(new Error(ErrorCode.Local_Authentication, "h:1/1: invalid credentials"));

        var told = watch.Explain(new Error(ErrorCode.Local_TimedOut), "list topics");

        Assert.True(watch.Hopeless.IsCompleted);
        Assert.Equal(FailureKind.AuthenticationFailed, told.Kind);
        Assert.StartsWith("Cannot list topics at h:1: invalid credentials. Check the password of bob", told.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_unreachable_long_before_the_time_out()
    {
        using var admin = new KafkaAdmin(
            new KafkaConnection("127.0.0.1:1", ClientProperties.Plaintext, TimeSpan.FromMinutes(5)));

        var told = await Assert.ThrowsAsync<KafkaOperationException>(
            () => admin.Users.ListAsync(TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.Unreachable, told.Kind);
        Assert.Contains("Connection refused", told.Message, StringComparison.Ordinal);
    }
}
