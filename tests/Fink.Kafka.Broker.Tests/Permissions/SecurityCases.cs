using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Permissions;

using static Answers;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using AclPermissionType = Fink.Kafka.Protocol.Values.AclPermissionType;
using PatternType = Fink.Kafka.Protocol.Values.PatternType;
using QuotaMatchType = Fink.Kafka.Protocol.Values.QuotaMatchType;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

/// <summary>Users, ACLs and quotas.</summary>
internal static class SecurityCases
{
    public static IEnumerable<PermissionCase> All =>
    [
        new("DescribeAcls", Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Code((await client.AskAsync<DescribeAclsRequest, DescribeAclsResponse>(
                new()
                {
                    ResourceTypeFilter = ResourceType.Topic,
                    ResourceNameFilter = on.Topic,
                    PatternTypeFilter = PatternType.Any,
                    Operation = AclOperation.Any,
                    PermissionType = AclPermissionType.Any,
                },
                cancellation)).ErrorCode),
        },
        new("CreateAcls", Rights.Cluster(AclOperation.Alter), Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Codes((await client.AskAsync<CreateAclsRequest, CreateAclsResponse>(
                new()
                {
                    Creations =
                    [
                        Harmless(on),
                        Harmless(on) with { ResourceType = ResourceType.Cluster },
                        Harmless(on) with { ResourceName = "" },
                    ],
                },
                cancellation)).Results.Select(result => result.ErrorCode)),
        },
        new("DeleteAcls", Rights.Cluster(AclOperation.Alter), Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DeleteAclsRequest, DeleteAclsResponse>(
                    new()
                    {
                        Filters =
                        [
                            new()
                            {
                                ResourceTypeFilter = ResourceType.Group,
                                ResourceNameFilter = "there is none",
                                PatternTypeFilter = PatternType.Literal,
                                Operation = AclOperation.Any,
                                PermissionType = AclPermissionType.Any,
                            },
                        ],
                    },
                    cancellation);
                return Codes(answer.FilterResults.Select(result => result.ErrorCode));
            },
        },
        new("DescribeUserScramCredentials", Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) =>
            {
                var answer = await client.AskAsync<DescribeUserScramCredentialsRequest, DescribeUserScramCredentialsResponse>(
                    new() { Users = [new() { Name = "nobody" }] }, cancellation);
                return $"{(int)answer.ErrorCode} users {Codes(answer.Results.Select(result => result.ErrorCode))}";
            },
        },
        new("AlterUserScramCredentials", Rights.Cluster(AclOperation.Alter), Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Codes(
                (await client.AskAsync<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>(
                    new()
                    {
                        Deletions = [new() { Name = "nobody", Mechanism = ScramMechanism.ScramSha256 }],
                        Upsertions =
                        [
                            new()
                            {
                                Name = "permissions-few", Mechanism = ScramMechanism.ScramSha256, Iterations = 1, Salt = new byte[] { 1 },
                                SaltedPassword = new byte[] { 1 },
                            },
                        ],
                    },
                    cancellation)).Results.OrderBy(result => result.User).Select(result => result.ErrorCode)),
        },
        new("DescribeClientQuotas", Rights.Cluster(AclOperation.DescribeConfigs), Rights.Cluster(AclOperation.Describe))
        {
            Ask = async (client, on, cancellation) => Code(
                (await client.AskAsync<DescribeClientQuotasRequest, DescribeClientQuotasResponse>(
                    new() { Components = [new() { EntityType = "user", MatchType = QuotaMatchType.Any }] }, cancellation)).ErrorCode),
        },
        new("AlterClientQuotas", Rights.Cluster(AclOperation.AlterConfigs), Rights.Cluster(AclOperation.Alter))
        {
            Ask = async (client, on, cancellation) => Codes(
                (await client.AskAsync<AlterClientQuotasRequest, AlterClientQuotasResponse>(
                    new()
                    {
                        Entries =
                        [
                            new()
                            {
                                Entity = [new() { EntityType = "user", EntityName = "nobody" }],
                                Ops = [new() { Key = "producer_byte_rate", Value = 1e9 }],
                            },
                        ],
                    },
                    cancellation)).Entries.Select(entry => entry.ErrorCode)),
        },
    ];

    private static CreateAclsRequest.Acl Harmless(Resources on) => new()
    {
        ResourceType = ResourceType.Topic,
        ResourceName = on.Topic,
        Principal = "User:nobody",
        Host = "*",
        Operation = AclOperation.Read,
        PermissionType = AclPermissionType.Allow,
    };
}
