using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Security;

/// <summary>Every answer of Apache Kafka's own authorizer to the same questions; tests/golden-security says how they were taken.</summary>
public sealed class AuthorizerTests
{
    private static readonly AclOperation[] Asked =
    [
        AclOperation.All, AclOperation.Read, AclOperation.Write, AclOperation.Create, AclOperation.Delete, AclOperation.Alter,
        AclOperation.Describe, AclOperation.DescribeConfigs, AclOperation.AlterConfigs,
    ];

    [Fact]
    public void It_decides_and_lists_as_Kafkas_own_authorizer_does()
    {
        var table = AclTable.Empty;
        Authorizer authorizer = null!;
        List<Acl> acls = [];
        var questions = 0;
        var lines = File.ReadAllLines(Golden.File("authorizer.txt"));
        for (var i = 0; i < lines.Length; i++)
        {
            var words = lines[i].Split(' ');
            switch (words[0])
            {
                case "acls":
                    acls.Clear();
                    authorizer = new Authorizer(FrozenSet.ToFrozenSet(["User:root"]), bool.Parse(words[1]), () => table);
                    table = AclTable.Empty;
                    break;
                case "acl":
                    acls.Add(AclOf(words.AsSpan(1)));
                    table = new AclTable([.. acls]);
                    break;
                case "ask":
                    Check(lines[i], words[5], words, operation => authorizer.Allows(WhoOf(words), operation, TypeOf(words[3]), words[4]));
                    questions++;
                    break;
                case "any":
                    Check(lines[i], words[4], words, operation => authorizer.AllowsOnAny(WhoOf(words), operation, TypeOf(words[3])));
                    questions++;
                    break;
                case "filter":
                    var found = lines.Skip(i + 1).TakeWhile(line => line.StartsWith("found ", StringComparison.Ordinal))
                        .Select(line => AclOf(line.Split(' ').AsSpan(1))).ToHashSet();
                    Assert.Equal(found, table.Matching(FilterOf(words)).ToHashSet());
                    break;
                default:
                    break;
            }
        }

        Assert.True(questions > 10_000, $"only {questions} questions");
    }

    [Fact]
    public void A_denied_read_leaves_describe_allowed()
    {
        var authorizer = With(
            false,
            Rule("t", AclOperation.Read, AclPermissionType.Deny),
            Rule("t", AclOperation.Write, AclPermissionType.Allow));

        Assert.False(authorizer.Allows(User("u"), AclOperation.Read, ResourceType.Topic, "t"));
        Assert.True(authorizer.Allows(User("u"), AclOperation.Describe, ResourceType.Topic, "t"));
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "0:0:0:0:0:0:0:1")]
    [InlineData("fe80::a:0", "fe80:0:0:0:0:0:a:0")]
    public void An_address_is_compared_as_Kafka_writes_it(string address, string host) =>
        Assert.Equal(host, Requester.HostOf(IPAddress.Parse(address)));

    [Fact]
    public void A_rule_can_be_met_on_the_cluster_instead()
    {
        var authorizer = With(false, new Acl(
            new ResourcePattern(ResourceType.Cluster, PatternType.Literal, ResourcePattern.ClusterName),
            "User:u", Acl.AnyHost, AclOperation.Create, AclPermissionType.Allow));
        var rule = ApiPermissions.Rule(ApiKey.CreateTopics, ResourceType.Topic);

        Assert.Equal(ErrorCode.None, authorizer.Check(User("u"), rule, "t"));
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, authorizer.Check(User("v"), rule, "t"));
    }

    [Fact]
    public void Writing_to_any_topic_is_enough_for_an_idempotent_producer()
    {
        var rule = ApiPermissions.Rule(ApiKey.InitProducerId, ResourceType.Cluster);

        Assert.Equal(
            ErrorCode.None,
            With(false, Rule("t", AclOperation.Write, AclPermissionType.Allow)).Check(User("u"), rule, ResourcePattern.ClusterName));
        Assert.Equal(
            ErrorCode.ClusterAuthorizationFailed,
            With(false, Rule("t", AclOperation.Read, AclPermissionType.Allow)).Check(User("u"), rule, ResourcePattern.ClusterName));
    }

    [Fact]
    public void A_topic_that_is_denied_too_is_not_any_topic()
    {
        var denied = Rule("t", AclOperation.Write, AclPermissionType.Deny);
        var allowed = Rule("t", AclOperation.Write, AclPermissionType.Allow);

        Assert.False(With(false, allowed, denied).AllowsOnAny(User("u"), AclOperation.Write, ResourceType.Topic));
        Assert.True(With(false, allowed, denied, Rule("s", AclOperation.Write, AclPermissionType.Allow))
            .AllowsOnAny(User("u"), AclOperation.Write, ResourceType.Topic));
    }

    [Fact]
    public void Every_API_has_its_permissions() =>
        Assert.All(Enum.GetValues<ApiKey>(), api => Assert.NotNull(ApiPermissions.Of(api)));

    [Fact]
    public void Authorized_operations_are_a_bit_for_each_one_that_is_allowed()
    {
        var authorizer = With(false, Rule("t", AclOperation.Read, AclPermissionType.Allow));

        Assert.Equal(
            (1 << 3) | (1 << 8), AuthorizedOperations.BitField(authorizer, User("u"), ResourceType.Topic, "t"));
        Assert.Equal(0, AuthorizedOperations.BitField(authorizer, User("v"), ResourceType.Topic, "t"));
    }

    [Fact]
    public void A_question_allocates_nothing()
    {
        var authorizer = With(
            false,
            Rule("fink_", AclOperation.Write, AclPermissionType.Allow, PatternType.Prefixed),
            Rule("other", AclOperation.Read, AclPermissionType.Allow));
        var who = User("u");
        Assert.True(authorizer.Allows(who, AclOperation.Write, ResourceType.Topic, "fink_sn_ztf"));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) authorizer.Allows(who, AclOperation.Write, ResourceType.Topic, "fink_sn_ztf");
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Check(string line, string answers, string[] words, Func<AclOperation, bool> ask)
    {
        for (var i = 1; i < Asked.Length; i++)
        {
            Assert.True(ask(Asked[i]) == (answers[i] == '+'), $"{Asked[i]}: {line} ({words[0]})");
        }
    }

    private static Authorizer With(bool allowIfNoAcl, params Acl[] acls)
    {
        var table = new AclTable([.. acls]);
        return new Authorizer(FrozenSet<string>.Empty, allowIfNoAcl, () => table);
    }

    private static Acl Rule(
        string topic, AclOperation operation, AclPermissionType permission, PatternType pattern = PatternType.Literal) =>
        new(new ResourcePattern(ResourceType.Topic, pattern, topic), "User:u", Acl.AnyHost, operation, permission);

    private static Requester User(string name) => new(Requester.PrincipalOf(name), "127.0.0.1");

    private static Requester WhoOf(string[] words) => new(Requester.PrincipalOf(words[1]), words[2]);

    private static ResourceType TypeOf(string word) => (ResourceType)Code(word);

    private static sbyte Code(string word) => sbyte.Parse(word, CultureInfo.InvariantCulture);

    private static string? TextOf(string word) => word == "-" ? null : word;

    private static Acl AclOf(ReadOnlySpan<string> words) => new(
        new ResourcePattern(TypeOf(words[0]), (PatternType)Code(words[1]), words[2]),
        words[3],
        words[4],
        (AclOperation)Code(words[5]),
        (AclPermissionType)Code(words[6]));

    private static AclFilter FilterOf(string[] words) => new(
        TypeOf(words[1]),
        (PatternType)Code(words[2]),
        TextOf(words[3]),
        TextOf(words[4]),
        TextOf(words[5]),
        (AclOperation)Code(words[6]),
        (AclPermissionType)Code(words[7]));
}
