using System.Security.Cryptography;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Security.Scram;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Security;

// Fink.Kafka, which is nearer, has others of these names.
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

public sealed class CredentialAlterationsTests
{
    private static readonly byte[] Salt = [1, 0, 2];

    [Fact]
    public void An_upsertion_makes_a_credential_that_the_password_opens()
    {
        var offered = ScramCredential.FromPassword(ScramMechanism.ScramSha256, "pass", Salt, 4096);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            "pass", Salt, 4096, HashAlgorithmName.SHA256, 32);

        var image = Apply(MetadataImage.Empty, [], [new("u", ScramMechanism.ScramSha256, 4096, Salt, salted)], out var outcomes);

        Assert.Equal(new CredentialOutcome("u", ErrorCode.None, null), Assert.Single(outcomes));
        Assert.Equal(offered.StoredKey, image.Credential("u", ScramMechanism.ScramSha256)!.StoredKey);
        Assert.True(image.Credential("u", ScramMechanism.ScramSha256)!.Verify("pass"u8));
    }

    [Fact]
    public void Salts_and_passwords_with_zero_bytes_are_kept_whole()
    {
        var image = Apply(MetadataImage.Empty, [], [Upsert("u", ScramMechanism.ScramSha512)], out _);

        Assert.Equal(Salt, image.Credential("u", ScramMechanism.ScramSha512)!.Salt.ToArray());
    }

    [Fact]
    public void Both_mechanisms_of_a_user_may_be_altered_at_once()
    {
        var image = Apply(
            MetadataImage.Empty, [], [Upsert("u", ScramMechanism.ScramSha256), Upsert("u", ScramMechanism.ScramSha512)], out var outcomes);

        Assert.Equal(ErrorCode.None, Assert.Single(outcomes).Error);
        Assert.Equal(2, image.Users["u"].Count);
    }

    [Fact]
    public void One_mechanism_twice_is_a_duplicate_and_changes_nothing_of_the_user()
    {
        var before = Apply(MetadataImage.Empty, [], [Upsert("u", ScramMechanism.ScramSha256)], out _);

        var image = Apply(
            before,
            [new("u", ScramMechanism.ScramSha256)],
            [Upsert("u", ScramMechanism.ScramSha256), Upsert("u", ScramMechanism.ScramSha512), Upsert("v", ScramMechanism.ScramSha256)],
            out var outcomes);

        Assert.Equal([("u", ErrorCode.DuplicateResource), ("v", ErrorCode.None)], outcomes.Select(o => (o.User, o.Error)));
        Assert.Equal(before.Credential("u", ScramMechanism.ScramSha256), image.Credential("u", ScramMechanism.ScramSha256));
        Assert.Null(image.Credential("u", ScramMechanism.ScramSha512));
        Assert.NotNull(image.Credential("v", ScramMechanism.ScramSha256));
    }

    [Theory]
    [InlineData("", 1, 4096, ErrorCode.UnacceptableCredential)]
    [InlineData("u", 0, 4096, ErrorCode.UnsupportedSaslMechanism)]
    [InlineData("u", 9, 4096, ErrorCode.UnsupportedSaslMechanism)]
    [InlineData("u", 1, 4095, ErrorCode.UnacceptableCredential)]
    [InlineData("u", 2, 16385, ErrorCode.UnacceptableCredential)]
    [InlineData("u", 2, 16384, ErrorCode.None)]
    public void An_upsertion_is_judged_as_Kafka_judges_it(string user, sbyte mechanism, int iterations, ErrorCode expected)
    {
        Apply(
            MetadataImage.Empty, [], [Upsert(user, (ScramMechanism)mechanism) with { Iterations = iterations }], out var outcomes);

        Assert.Equal(expected, Assert.Single(outcomes).Error);
    }

    [Fact]
    public void A_credential_that_is_not_there_cannot_be_deleted()
    {
        var before = Apply(MetadataImage.Empty, [], [Upsert("u", ScramMechanism.ScramSha256)], out _);

        Apply(before, [new("u", ScramMechanism.ScramSha512), new("v", ScramMechanism.ScramSha256)], [], out var outcomes);

        Assert.All(outcomes, outcome => Assert.Equal(ErrorCode.ResourceNotFound, outcome.Error));
    }

    [Fact]
    public void A_user_without_credentials_is_no_user()
    {
        var before = Apply(MetadataImage.Empty, [], [Upsert("u", ScramMechanism.ScramSha256)], out _);

        var image = Apply(before, [new("u", ScramMechanism.ScramSha256)], [], out var outcomes);

        Assert.Equal(ErrorCode.None, Assert.Single(outcomes).Error);
        Assert.Empty(image.Users);
    }

    [Fact]
    public void Descriptions_are_of_all_users_or_of_those_named()
    {
        var image = Apply(
            MetadataImage.Empty,
            [],
            [Upsert("v", ScramMechanism.ScramSha512), Upsert("u", ScramMechanism.ScramSha512), Upsert("u", ScramMechanism.ScramSha256)],
            out _);

        Assert.Equal(["u", "v"], CredentialDescriptions.Of(image, []).Select(user => user.User));
        var named = CredentialDescriptions.Of(image, ["w", "u", "v", "v"]);
        Assert.Equal(
            [("w", ErrorCode.ResourceNotFound), ("u", ErrorCode.None), ("v", ErrorCode.DuplicateResource)],
            named.Select(user => (user.User, user.Error)));
        Assert.Equal([(ScramMechanism.ScramSha256, 4096), (ScramMechanism.ScramSha512, 4096)], named[1].Credentials);
    }

    private static CredentialUpsertion Upsert(string user, ScramMechanism mechanism) =>
        new(user, mechanism, 4096, Salt, new byte[] { 7, 0, 9 });

    private static MetadataImage Apply(
        MetadataImage image,
        CredentialDeletion[] deletions,
        CredentialUpsertion[] upsertions,
        out IReadOnlyList<CredentialOutcome> outcomes)
    {
        (var changes, outcomes) = CredentialAlterations.Decide(image, deletions, upsertions);
        var evolution = new MetadataEvolution(image);
        foreach (var change in changes) evolution.Apply(change);
        return evolution.Image;
    }
}
