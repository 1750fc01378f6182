using Fink.Kafka.Broker.Tests.Permissions;
using Fink.Kafka.Broker.Tests.Security;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Listeners;

using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

/// <summary>What a client meets before it may ask anything.</summary>
public sealed class LoginTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ApiVersions_is_answered_before_the_login_and_a_request_that_needs_one_closes_the_connection()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);

        var versions = await client.AskAsync<ApiVersionsRequest, ApiVersionsResponse>(Named("kcat", "1.7.1"), Cancelled);
        Assert.Equal(ErrorCode.None, versions.ErrorCode);
        Assert.Equal(
            ApiCatalog.All.Where(api => api.IsAdvertised).Select(api => (short)api.Key), versions.ApiKeys.Select(api => api.ApiKey));

        await Assert.ThrowsAsync<EndOfStreamException>(
            () => client.AskAsync<MetadataRequest, MetadataResponse>(new MetadataRequest(), Cancelled));
    }

    [Fact]
    public async Task A_version_of_ApiVersions_that_is_too_new_is_answered_in_version_0()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);

        // Key 18, version 99, correlation id 7, and then nothing that could be known.
        await client.SendAsync(new byte[] { 0, 0, 0, 12, 0, 18, 0, 99, 0, 0, 0, 7, 0xff, 0xff, 0, 0 }, Cancelled);
        var frame = await client.ReceiveAsync(Cancelled);

        Assert.NotNull(frame);
        var answer = Frame.ReadBody<ApiVersionsResponse>(frame.AsMemory(4), version: 0, ApiVersionsRequest.Versions);
        Assert.Equal(ErrorCode.UnsupportedVersion, answer.ErrorCode);
        Assert.Contains(answer.ApiKeys, api => api is { ApiKey: (short)ApiKey.ApiVersions, MaxVersion: 4 });
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("-kcat", "1")]
    [InlineData("kcat", "1.")]
    [InlineData("kcat", "1 0")]
    [InlineData("kcat\n", "1")]
    public async Task A_client_s_name_for_itself_is_letters_digits_dots_and_dashes(string name, string version)
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectAsync(SecurityProtocol.Plaintext, Cancelled);

        var answer = await client.AskAsync<ApiVersionsRequest, ApiVersionsResponse>(Named(name, version), Cancelled);

        Assert.Equal(ErrorCode.InvalidRequest, answer.ErrorCode);
    }

    [Fact]
    public async Task A_user_of_the_first_start_logs_in()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.LogInAsync(TestBroker.User, TestBroker.Password, Cancelled);

        var answer = await client.AskAsync<ApiVersionsRequest, ApiVersionsResponse>(Named("kcat", "1.7.1"), Cancelled);

        Assert.Equal(ErrorCode.None, answer.ErrorCode);
    }

    [Theory]
    [InlineData(TestBroker.User, "wrong")]
    [InlineData("nobody", TestBroker.Password)]
    public async Task Who_fails_is_told_so_and_only_that(string user, string password)
    {
        await using var broker = await TestBroker.StartAsync();

        var error = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => broker.LogInAsync(user, password, Cancelled));

        Assert.EndsWith(
            "Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mechanism_that_is_not_enabled_is_answered_with_those_that_are()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);

        var answer = await client.AskAsync<SaslHandshakeRequest, SaslHandshakeResponse>(new() { Mechanism = "GSSAPI" }, Cancelled);

        Assert.Equal(ErrorCode.UnsupportedSaslMechanism, answer.ErrorCode);
        Assert.Equal(["SCRAM-SHA-512", "SCRAM-SHA-256"], answer.Mechanisms);
        Assert.Null(await client.ReceiveAsync(Cancelled));
    }

    [Fact]
    public async Task After_a_handshake_of_version_0_tokens_are_bare_frames()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);
        var scram = new ScramTestClient(ScramMechanism.ScramSha256, TestBroker.User, TestBroker.Password);

        await client.AskAsync<SaslHandshakeRequest, SaslHandshakeResponse>(new() { Mechanism = "SCRAM-SHA-256" }, Cancelled, version: 0);
        await SendTokenAsync(client, scram.First());
        var challenge = await client.ReceiveAsync(Cancelled);
        Assert.NotNull(challenge);
        await SendTokenAsync(client, scram.Final(challenge));
        var last = await client.ReceiveAsync(Cancelled);

        Assert.NotNull(last);
        Assert.StartsWith("v=", System.Text.Encoding.UTF8.GetString(last), StringComparison.Ordinal);
        var answer = await client.AskAsync<ApiVersionsRequest, ApiVersionsResponse>(Named("kcat", "1.7.1"), Cancelled);
        Assert.Equal(ErrorCode.None, answer.ErrorCode);
    }

    [Fact]
    public async Task A_client_that_repeats_its_part_of_the_nonce_logs_in()
    {
        await using var broker = await TestBroker.StartAsync();
        using var client = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);
        var scram = new ScramTestClient(ScramMechanism.ScramSha512, TestBroker.User, TestBroker.Password, repeatsNonce: true);

        await client.AskAsync<SaslHandshakeRequest, SaslHandshakeResponse>(new() { Mechanism = "SCRAM-SHA-512" }, Cancelled);
        var first = await client.AskAsync<SaslAuthenticateRequest, SaslAuthenticateResponse>(new() { AuthBytes = scram.First() }, Cancelled);
        var last = await client.AskAsync<SaslAuthenticateRequest, SaslAuthenticateResponse>(
            new() { AuthBytes = scram.Final(first.AuthBytes.Span) }, Cancelled);

        Assert.Equal(ErrorCode.None, last.ErrorCode);
    }

    [Fact]
    public async Task A_bare_token_that_fails_has_no_answer()
    {
        await using var broker = await TestBroker.StartAsync(("connection.failed.authentication.delay.ms", "0"));
        using var client = await broker.ConnectAsync(SecurityProtocol.SaslPlaintext, Cancelled);

        await client.AskAsync<SaslHandshakeRequest, SaslHandshakeResponse>(new() { Mechanism = "SCRAM-SHA-256" }, Cancelled, version: 0);
        await SendTokenAsync(client, "nonsense"u8.ToArray());

        Assert.Null(await client.ReceiveAsync(Cancelled));
    }

    private static ApiVersionsRequest Named(string name, string version) =>
        new() { ClientSoftwareName = name, ClientSoftwareVersion = version };

    private static ValueTask SendTokenAsync(WireClient client, byte[] token) =>
        client.SendAsync((byte[])[0, 0, 0, (byte)token.Length, .. token], Cancelled);
}
