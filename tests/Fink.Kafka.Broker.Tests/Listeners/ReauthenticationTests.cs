using Fink.Kafka.Broker.Tests.Permissions;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>A login that lasts for a time (KIP-368), over a connection.</summary>
public sealed class ReauthenticationTests
{
    private const string Other = "bob";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_login_says_how_long_it_lasts_and_a_request_after_that_closes_the_connection()
    {
        await using var broker = await StartAsync();
        using var client = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);
        var login = await client.AuthenticateAsync(TestBroker.User, TestBroker.Password, Cancelled);
        Assert.Equal(Lifetime.TotalMilliseconds, login.SessionLifetimeMs);

        _time.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
        await AskAsync(client);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<EndOfStreamException>(() => AskAsync(client));
    }

    [Fact]
    public async Task Who_logs_in_again_late_or_early_goes_on_for_another_lifetime()
    {
        await using var broker = await StartAsync();
        using var client = await broker.LogInAsync(TestBroker.User, TestBroker.Password, Cancelled);

        foreach (var wait in new[] { Lifetime / 2, Lifetime * 3 })
        {
            _time.Advance(wait);
            var again = await client.AuthenticateAsync(TestBroker.User, TestBroker.Password, Cancelled);
            Assert.Equal(ErrorCode.None, again.ErrorCode);
            Assert.Equal(Lifetime.TotalMilliseconds, again.SessionLifetimeMs);
            _time.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
            await AskAsync(client);
        }
    }

    [Fact]
    public async Task Another_user_is_refused_and_the_connection_closed()
    {
        await using var broker = await StartAsync();
        using var client = await broker.LogInAsync(TestBroker.User, TestBroker.Password, Cancelled);
        (await broker.LogInAsync(Other, TestBroker.Password, Cancelled)).Dispose();
        _time.Advance(Lifetime / 2);

        var answer = await client.AuthenticateAsync(Other, TestBroker.Password, Cancelled);

        Assert.Equal(ErrorCode.SaslAuthenticationFailed, answer.ErrorCode);
        Assert.Equal("Cannot change principals during re-authentication from User.alice: User.bob", answer.ErrorMessage);
        Assert.Null(await client.ReceiveAsync(Cancelled));
    }

    [Fact]
    public async Task A_wrong_password_the_second_time_closes_the_connection()
    {
        await using var broker = await StartAsync();
        using var client = await broker.LogInAsync(TestBroker.User, TestBroker.Password, Cancelled);
        _time.Advance(Lifetime / 2);

        var answer = await client.AuthenticateAsync(TestBroker.User, "wrong", Cancelled);

        Assert.Equal(ErrorCode.SaslAuthenticationFailed, answer.ErrorCode);
        Assert.Null(await client.ReceiveAsync(Cancelled));
    }

    [Fact]
    public async Task Between_the_handshake_and_its_end_nothing_else_may_be_asked()
    {
        await using var broker = await StartAsync();
        using var client = await broker.LogInAsync(TestBroker.User, TestBroker.Password, Cancelled);
        _time.Advance(Lifetime / 2);
        var handshake = await client.AskAsync<SaslHandshakeRequest, SaslHandshakeResponse>(new() { Mechanism = "SCRAM-SHA-512" }, Cancelled);
        Assert.Equal(ErrorCode.None, handshake.ErrorCode);

        await Assert.ThrowsAsync<EndOfStreamException>(() => AskAsync(client));
    }

    [Fact]
    public async Task Where_logins_do_not_end_a_second_handshake_is_refused_and_the_connection_stays()
    {
        await using var broker = await TestBroker.StartAsync(_time);
        using var client = await broker.LogInAsync(TestBroker.User, TestBroker.Password, Cancelled);
        _time.Advance(Lifetime);

        var handshake = await client.AskAsync<SaslHandshakeRequest, SaslHandshakeResponse>(new() { Mechanism = "SCRAM-SHA-512" }, Cancelled);

        Assert.Equal(ErrorCode.IllegalSaslState, handshake.ErrorCode);
        await AskAsync(client);
    }

    private static async Task AskAsync(WireClient client) =>
        Assert.NotEmpty((await client.AskAsync<MetadataRequest, MetadataResponse>(new(), Cancelled)).Brokers);

    private async Task<TestBroker> StartAsync() => await TestBroker.StartAsync(
        _time,
        [new InitialUser(Other, TestBroker.Password)],
        ("connections.max.reauth.ms", "10000"),
        ("connection.failed.authentication.delay.ms", "0"));
}
