using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Handlers;

using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using AclPermissionType = Fink.Kafka.Protocol.Values.AclPermissionType;
using PatternType = Fink.Kafka.Protocol.Values.PatternType;
using QuotaMatchType = Fink.Kafka.Protocol.Values.QuotaMatchType;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

public sealed class SecurityHandlersTests
{
    [Fact]
    public async Task ACLs_are_made_listed_by_resource_and_deleted()
    {
        using var broker = new SmallBroker();
        CreateAclsRequest.Acl[] acls = [Acl("t", AclOperation.Read), Acl("t", AclOperation.Describe), Acl("u", AclOperation.Read)];

        var made = await broker.AskAsync<CreateAclsRequest, CreateAclsResponse>(new() { Creations = [.. acls, Acl("", AclOperation.Read)] });
        var listed = await broker.AskAsync<DescribeAclsRequest, DescribeAclsResponse>(Everything());
        var deleted = await broker.AskAsync<DeleteAclsRequest, DeleteAclsResponse>(new()
        {
            Filters =
            [
                new()
                {
                    ResourceTypeFilter = ResourceType.Topic, ResourceNameFilter = "t", PatternTypeFilter = PatternType.Match,
                    Operation = AclOperation.Any, PermissionType = AclPermissionType.Any,
                },
                new() { Operation = AclOperation.Any },
            ],
        });
        var left = await broker.AskAsync<DescribeAclsRequest, DescribeAclsResponse>(Everything());

        Assert.Equal([0, 0, 0, 42], made.Results.Select(result => (int)result.ErrorCode));
        Assert.Equal([("t", 2), ("u", 1)], listed.Resources.Select(one => (one.ResourceName, one.Acls.Length)).Order());
        Assert.Equal([0, 42], deleted.FilterResults.Select(result => (int)result.ErrorCode));
        Assert.Equal(2, deleted.FilterResults[0].MatchingAcls.Length);
        Assert.Equal("u", Assert.Single(left.Resources).ResourceName);
    }

    [Fact]
    public async Task A_filter_with_an_unknown_element_is_an_invalid_request()
    {
        using var broker = new SmallBroker();
        var filter = Everything();
        filter.ResourceTypeFilter = (ResourceType)77;

        Assert.Equal(ErrorCode.InvalidRequest, (await broker.AskAsync<DescribeAclsRequest, DescribeAclsResponse>(filter)).ErrorCode);
    }

    [Fact]
    public async Task Without_an_authorizer_there_are_no_ACLs_to_manage()
    {
        using var broker = new SmallBroker(hasAuthorizer: false);

        var listed = await broker.AskAsync<DescribeAclsRequest, DescribeAclsResponse>(Everything());
        var made = await broker.AskAsync<CreateAclsRequest, CreateAclsResponse>(new() { Creations = [Acl("t", AclOperation.Read)] });
        var deleted = await broker.AskAsync<DeleteAclsRequest, DeleteAclsResponse>(new() { Filters = [new()] });

        Assert.Equal(ErrorCode.SecurityDisabled, listed.ErrorCode);
        Assert.Equal(ErrorCode.SecurityDisabled, Assert.Single(made.Results).ErrorCode);
        Assert.Equal(ErrorCode.SecurityDisabled, Assert.Single(deleted.FilterResults).ErrorCode);
    }

    [Fact]
    public async Task Users_are_made_described_and_deleted_and_their_bytes_outlive_the_request()
    {
        using var broker = new SmallBroker();

        var made = await broker.AskAsync<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>(new()
        {
            Deletions = [new() { Name = "nobody", Mechanism = ScramMechanism.ScramSha256 }],
            Upsertions = [Upsertion("u", ScramMechanism.ScramSha256), Upsertion("u", ScramMechanism.ScramSha512)],
        });
        var credential = broker.Metadata.Image.Users["u"].Values.First();
        var described = await broker.AskAsync<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>(
            new() { Users = null });
        var deleted = await broker.AskAsync<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>(
            new() { Deletions = [new() { Name = "u", Mechanism = ScramMechanism.ScramSha256 }] });
        var left = await broker.AskAsync<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>(
            new() { Users = [new() { Name = "u" }] });

        Assert.Equal([("nobody", 91), ("u", 0)], made.Results.Select(result => (result.User, (int)result.ErrorCode)));
        Assert.Equal([5, 0, 6], credential.Salt.ToArray());
        Assert.Equal(
            [(ScramMechanism.ScramSha256, 8192), (ScramMechanism.ScramSha512, 8192)],
            Assert.Single(described.Results).CredentialInfos.Select(one => (one.Mechanism, one.Iterations)));
        Assert.Equal(ErrorCode.None, Assert.Single(deleted.Results).ErrorCode);
        Assert.Equal(ScramMechanism.ScramSha512, Assert.Single(Assert.Single(left.Results).CredentialInfos).Mechanism);
    }

    [Fact]
    public async Task Quotas_are_set_shown_and_only_looked_at_when_asked_to()
    {
        using var broker = new SmallBroker();
        var request = new AlterClientQuotasRequest
        {
            Entries =
            [
                new()
                {
                    Entity = [new() { EntityType = "user", EntityName = null }],
                    Ops = [new() { Key = "consumer_byte_rate", Value = 5 }, new() { Key = "producer_byte_rate", Remove = true }],
                },
                new() { Entity = [new() { EntityType = "planet", EntityName = "p" }] },
            ],
            ValidateOnly = true,
        };

        var validated = await broker.AskAsync<AlterClientQuotasRequest, AlterClientQuotasResponse>(request);
        var before = broker.Metadata.Image.Quotas.Count;
        request.ValidateOnly = false;
        await broker.AskAsync<AlterClientQuotasRequest, AlterClientQuotasResponse>(request);
        var shown = await broker.AskAsync<DescribeClientQuotasRequest, DescribeClientQuotasResponse>(
            new() { Components = [new() { EntityType = "user", MatchType = QuotaMatchType.Default }], Strict = true });
        var refused = await broker.AskAsync<DescribeClientQuotasRequest, DescribeClientQuotasResponse>(
            new() { Components = [new() { EntityType = "planet", MatchType = QuotaMatchType.Any }] });

        Assert.Equal([0, 42], validated.Entries.Select(entry => (int)entry.ErrorCode));
        Assert.Equal(0, before);
        var entry = Assert.Single(shown.Entries!);
        Assert.Equal(("user", null), (Assert.Single(entry.Entity).EntityType, entry.Entity[0].EntityName));
        Assert.Equal(("consumer_byte_rate", 5.0), (Assert.Single(entry.Values).Key, entry.Values[0].Value));
        Assert.Equal((ErrorCode.UnsupportedVersion, null), (refused.ErrorCode, refused.Entries));
    }

    [Fact]
    public async Task A_disk_that_refuses_is_an_error_of_each_thing_and_changes_nothing()
    {
        using var broker = new SmallBroker();
        broker.Journal.IsFull = true;

        var acls = await broker.AskAsync<CreateAclsRequest, CreateAclsResponse>(new() { Creations = [Acl("t", AclOperation.Read)] });
        var users = await broker.AskAsync<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>(
            new() { Upsertions = [Upsertion("u", ScramMechanism.ScramSha256)] });
        var quotas = await broker.AskAsync<AlterClientQuotasRequest, AlterClientQuotasResponse>(new()
        {
            Entries =
            [
                new()
                {
                    Entity = [new() { EntityType = "user", EntityName = "u" }],
                    Ops = [new() { Key = "consumer_byte_rate", Value = 5 }],
                },
            ],
        });

        Assert.Equal(ErrorCode.KafkaStorageError, Assert.Single(acls.Results).ErrorCode);
        Assert.Equal(ErrorCode.KafkaStorageError, Assert.Single(users.Results).ErrorCode);
        Assert.Equal(ErrorCode.KafkaStorageError, Assert.Single(quotas.Entries).ErrorCode);
        Assert.Empty(broker.Metadata.Image.Users);
    }

    private static CreateAclsRequest.Acl Acl(string topic, AclOperation operation) => new()
    {
        ResourceType = ResourceType.Topic,
        ResourceName = topic,
        Principal = "User:u",
        Host = "*",
        Operation = operation,
        PermissionType = AclPermissionType.Allow,
    };

    private static AlterUserScramCredentialsRequest.Upsertion Upsertion(string user, ScramMechanism mechanism) => new()
    {
        Name = user,
        Mechanism = mechanism,
        Iterations = 8192,
        Salt = new byte[] { 5, 0, 6 },
        SaltedPassword = new byte[] { 1, 0, 2 },
    };

    private static DescribeAclsRequest Everything() => new()
    {
        ResourceTypeFilter = ResourceType.Topic,
        PatternTypeFilter = PatternType.Any,
        Operation = AclOperation.Any,
        PermissionType = AclPermissionType.Any,
    };
}
