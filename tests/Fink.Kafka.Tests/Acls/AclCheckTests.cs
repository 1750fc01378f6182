using Fink.Kafka.Acls;

namespace Fink.Kafka.Tests.Acls;

/// <summary>What the brokers' hidden settings change; the sets of ACLs are compared with real brokers elsewhere.</summary>
public sealed class AclCheckTests
{
    private static readonly AclQuestion MayEveRead = new("eve", "127.0.0.1", [new(AccessKind.Read, "fink_a")]);

    [Theory]
    [InlineData("eve")]
    [InlineData("User:eve")]
    public void A_super_user_needs_no_ACL_and_no_deny_binds_one(string super)
    {
        var deny = AclSets.Deny("eve", AclResource.Topic("fink_a"), "*", AclOperation.All);

        var verdict = AclCheck.Evaluate([.. deny], MayEveRead, new AuthorizerSettings([super], false, AreKnown: true));

        Assert.True(verdict.Allowed);
        Assert.Equal("User:eve is a super user", verdict.Why);
    }

    [Fact]
    public void Without_any_ACL_on_the_resource_the_setting_decides()
    {
        Assert.False(AclCheck.Evaluate([], MayEveRead, new AuthorizerSettings([], false, true)).Allowed);
        Assert.True(AclCheck.Evaluate([], MayEveRead, new AuthorizerSettings([], true, true)).Allowed);
    }

    [Fact]
    public void An_ACL_of_somebody_else_ends_the_freedom_of_a_resource_without_ACLs()
    {
        var other = AclSets.Allow("bob", AclResource.Topic("fink_", AclPattern.Prefixed), "*", AclOperation.Write);

        Assert.False(AclCheck.Evaluate([.. other], MayEveRead, new AuthorizerSettings([], true, true)).Allowed);
    }

    [Fact]
    public void The_line_says_what_was_assumed()
    {
        var verdict = AclCheck.Evaluate([], MayEveRead, AuthorizerSettings.Assumed);

        Assert.Equal(
            "Topic fink_a has no ACL, so that nobody may Read (assumed: no super users, without an ACL nobody is allowed)",
            verdict.Why);
    }

    [Fact]
    public void All_wishes_must_be_allowed()
    {
        var acls = AclSets.Consumer("eve", AclResource.Topic("fink_a"), AclResource.Group("g"));
        var question = MayEveRead with
        {
            Wishes = [new(AccessKind.Read, "fink_a"), new(AccessKind.Group, "g"), new(AccessKind.Write, "fink_a")],
        };

        var verdict = AclCheck.Evaluate([.. acls], question, new AuthorizerSettings([], false, true));

        Assert.False(verdict.Allowed);
        Assert.Equal([true, true, false], verdict.Wishes.Select(w => w.Allowed));
        Assert.Contains("Write on Topic fink_a", verdict.Why, StringComparison.Ordinal);
    }
}
