using System.Text;
using Fink.Kafka.Broker.Security.Sasl;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Security;

// Fink.Kafka, which is nearer, has one of its own.
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

public sealed class SaslTests
{
    private const string Sha256 = "SCRAM-SHA-256";
    private static readonly DecoyCredentials Decoys = new([1, 2, 3]);

    private readonly FakeTimeProvider _time = new();
    private readonly OneUser _credentials = new("user", "pencil", 4096);

    [Fact]
    public void The_exchange_is_that_of_RFC_7677()
    {
        var salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");
        var credentials = new OneUser("user", ScramCredential.FromPassword(ScramMechanism.ScramSha256, "pencil", salt, 4096));
        var server = new ScramServer(ScramMechanism.ScramSha256, credentials, Decoys, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");

        var first = server.Next("n,,n=user,r=rOprNGfwEbeRWgbNEkqO"u8);
        var final = server.Next(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="u8);

        Assert.Equal(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            Encoding.UTF8.GetString(Assert.IsType<SaslStep.Challenge>(first).Token));
        var success = Assert.IsType<SaslStep.Success>(final);
        Assert.Equal("user", success.User);
        Assert.Equal("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Encoding.UTF8.GetString(success.Token));
    }

    [Theory]
    [InlineData("n,,n=user,r=abc", true)]
    [InlineData("y,,n=user,r=abc", true)]
    [InlineData("n,a=user,n=user,r=abc", true)]
    [InlineData("n,,n=user,r=abc,tokenauth=false", true)]
    [InlineData("n,a=other,n=user,r=abc", false)]
    [InlineData("p=tls-unique,,n=user,r=abc", false)]
    [InlineData("n,,n=user,r=abc,tokenauth=true", false)]
    [InlineData("n,,m=x,n=user,r=abc", false)]
    [InlineData("n,,n=us=er,r=abc", false)]
    [InlineData("n,,n=,r=abc", false)]
    [InlineData("n,,n=user,r=", false)]
    [InlineData("n,,n=user", false)]
    [InlineData("", false)]
    public void A_first_message_is_taken_or_refused(string message, bool isTaken)
    {
        var step = new ScramServer(ScramMechanism.ScramSha256, _credentials, Decoys).Next(Encoding.UTF8.GetBytes(message));

        Assert.Equal(isTaken, step is SaslStep.Challenge);
    }

    [Fact]
    public void The_nonce_of_another_exchange_is_refused()
    {
        var client = new ScramTestClient(ScramMechanism.ScramSha256, "user", "pencil");
        var other = new ScramServer(ScramMechanism.ScramSha256, _credentials, Decoys);
        var server = new ScramServer(ScramMechanism.ScramSha256, _credentials, Decoys);
        var challenge = Assert.IsType<SaslStep.Challenge>(other.Next(client.First()));
        server.Next(client.First());

        Assert.IsType<SaslStep.Failure>(server.Next(client.Final(challenge.Token)));
        Assert.IsType<SaslStep.Success>(other.Next(client.Final(challenge.Token)));
    }

    [Fact]
    public void Names_with_commas_and_equals_signs_are_unescaped()
    {
        Assert.Equal("a,b=c", ScramText.UnescapeName("a=2Cb=3Dc"));
        Assert.Equal("=2C", ScramText.UnescapeName("=3D2C"));
        Assert.Null(ScramText.UnescapeName("=3=2CD"));
    }

    [Fact]
    public void An_unknown_user_gets_a_challenge_with_the_same_salt_each_time_and_fails_at_the_end()
    {
        var salts = Enumerable.Range(0, 2).Select(_ => ChallengeOf("nobody").Split(',')[1]).Distinct();
        Assert.Single(salts);

        var session = Session(TimeSpan.Zero);
        session.Handshake(Sha256, 1);
        var client = new ScramTestClient(ScramMechanism.ScramSha256, "nobody", "pencil");
        var challenge = session.Authenticate(client.First());
        Assert.Equal(ErrorCode.SaslAuthenticationFailed, session.Authenticate(client.Final(challenge.Token.Span)).Error);
    }

    [Fact]
    public void The_iterations_that_are_stored_are_the_ones_told()
    {
        var credentials = new OneUser("user", "pencil", 8192);
        var server = new ScramServer(ScramMechanism.ScramSha512, credentials, Decoys);
        var challenge = Assert.IsType<SaslStep.Challenge>(server.Next("n,,n=user,r=abc"u8));

        Assert.EndsWith(",i=8192", Encoding.UTF8.GetString(challenge.Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public void A_user_logs_in_with_the_right_password_only(string mechanism)
    {
        Assert.Equal(ErrorCode.None, LogIn(Session(TimeSpan.Zero), mechanism, "pencil").Error);

        var refused = LogIn(Session(TimeSpan.Zero), mechanism, "pencils");
        Assert.Equal(ErrorCode.SaslAuthenticationFailed, refused.Error);
        Assert.True(refused.Close);
        Assert.Equal(
            $"Authentication failed during authentication due to invalid credentials with SASL mechanism {mechanism}", refused.Message);
    }

    [Theory]
    [InlineData("\0user\0pencil", true)]
    [InlineData("user\0user\0pencil", true)]
    [InlineData("other\0user\0pencil", false)]
    [InlineData("\0user\0wrong", false)]
    [InlineData("\0nobody\0pencil", false)]
    [InlineData("\0user\0", false)]
    [InlineData("\0user\0pencil\0", false)]
    [InlineData("user pencil", false)]
    public void PLAIN_checks_the_password_against_the_SCRAM_credential(string token, bool isLetIn) =>
        Assert.Equal(isLetIn, new PlainServer(_credentials, Decoys).Next(Encoding.UTF8.GetBytes(token)) is SaslStep.Success);

    [Fact]
    public void Before_the_login_only_its_own_requests_are_served()
    {
        var session = Session(TimeSpan.Zero);
        Assert.Equal(Admission.Serve, session.Admit(ApiKey.ApiVersions));
        Assert.Equal(Admission.Close, session.Admit(ApiKey.Metadata));
        Assert.Equal(Admission.Close, session.Admit(ApiKey.SaslAuthenticate));

        session.Handshake(Sha256, 1);
        Assert.Equal(Admission.Serve, session.Admit(ApiKey.SaslAuthenticate));
        Assert.Equal(Admission.Close, session.Admit(ApiKey.ApiVersions));
    }

    [Fact]
    public void A_mechanism_that_is_not_enabled_is_answered_with_those_that_are()
    {
        var answer = Session(TimeSpan.Zero).Handshake("GSSAPI", 1);

        Assert.Equal(ErrorCode.UnsupportedSaslMechanism, answer.Error);
        Assert.Equal(SaslMechanisms.Known, answer.Mechanisms);
        Assert.True(answer.Close);
    }

    [Fact]
    public void After_the_old_handshake_tokens_come_bare()
    {
        var session = Session(TimeSpan.Zero);
        session.Handshake("PLAIN", 0);
        Assert.True(session.ExpectsRawTokens);

        session.Authenticate("\0user\0pencil"u8);

        Assert.False(session.ExpectsRawTokens);
        Assert.True(session.IsAuthenticated);
        Assert.Equal(Admission.Serve, session.Admit(ApiKey.Metadata));
    }

    [Fact]
    public void Where_sessions_do_not_end_there_is_no_second_login()
    {
        var session = Session(TimeSpan.Zero);
        Assert.Equal(0, LogIn(session, Sha256, "pencil").SessionLifetimeMs);

        Assert.Equal(ErrorCode.IllegalSaslState, session.Handshake(Sha256, 1).Error);
        Assert.Equal(ErrorCode.IllegalSaslState, session.Authenticate("x"u8).Error);
        Assert.Equal(Admission.Serve, session.Admit(ApiKey.Metadata));
    }

    [Fact]
    public void A_session_that_is_over_serves_nothing_but_a_new_login()
    {
        var session = Session(TimeSpan.FromSeconds(10));
        Assert.Equal(10_000, LogIn(session, Sha256, "pencil").SessionLifetimeMs);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Admission.Close, session.Admit(ApiKey.Metadata));
        Assert.Equal(Admission.Serve, session.Admit(ApiKey.SaslHandshake));

        Assert.Equal(ErrorCode.None, LogIn(session, Sha256, "pencil").Error);
        Assert.Equal(Admission.Serve, session.Admit(ApiKey.Metadata));
    }

    [Fact]
    public void Logging_in_anew_must_be_the_same_user_by_the_same_mechanism()
    {
        var session = Session(TimeSpan.FromSeconds(10));
        LogIn(session, Sha256, "pencil");

        var otherMechanism = LogIn(session, "SCRAM-SHA-512", "pencil");
        Assert.Equal(ErrorCode.SaslAuthenticationFailed, otherMechanism.Error);
        Assert.True(otherMechanism.Close);
        Assert.Equal(Admission.Close, session.Admit(ApiKey.Metadata));

        session = Session(TimeSpan.FromSeconds(10));
        LogIn(session, Sha256, "pencil");
        _credentials.User = "other";
        Assert.StartsWith(
            "Cannot change principals", LogIn(session, Sha256, "pencil", "other").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Logging_in_anew_is_not_taken_twice_within_a_second()
    {
        var session = Session(TimeSpan.FromSeconds(10));
        LogIn(session, Sha256, "pencil");
        LogIn(session, Sha256, "pencil");

        Assert.Equal(ErrorCode.IllegalSaslState, session.Handshake(Sha256, 1).Error);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ErrorCode.None, session.Handshake(Sha256, 1).Error);
    }

    private static TokenAnswer LogIn(SaslSession session, string mechanism, string password, string user = "user")
    {
        Assert.Equal(ErrorCode.None, session.Handshake(mechanism, 1).Error);
        var client = new ScramTestClient(
            mechanism == Sha256 ? ScramMechanism.ScramSha256 : ScramMechanism.ScramSha512, user, password);
        var challenge = session.Authenticate(client.First());
        return challenge.Error == ErrorCode.None ? session.Authenticate(client.Final(challenge.Token.Span)) : challenge;
    }

    private string ChallengeOf(string user)
    {
        var step = new ScramServer(ScramMechanism.ScramSha256, _credentials, Decoys).Next(Encoding.UTF8.GetBytes($"n,,n={user},r=abc"));
        return Encoding.UTF8.GetString(Assert.IsType<SaslStep.Challenge>(step).Token);
    }

    private SaslSession Session(TimeSpan max) => new(new SaslMechanisms(SaslMechanisms.Known, _credentials, Decoys), max, _time);

    private sealed class OneUser(string user, params ScramCredential[] credentials) : ICredentials
    {
        public OneUser(string user, string password, int iterations)
            : this(
                user,
                ScramCredential.FromPassword(ScramMechanism.ScramSha256, password, [1, 2, 3, 0], iterations),
                ScramCredential.FromPassword(ScramMechanism.ScramSha512, password, [4, 5, 6, 0], iterations))
        {
        }

        public string User { get; set; } = user;

        public ScramCredential? Find(string name, ScramMechanism mechanism) =>
            name == User ? Array.Find(credentials, credential => credential.Mechanism == mechanism) : null;
    }
}
