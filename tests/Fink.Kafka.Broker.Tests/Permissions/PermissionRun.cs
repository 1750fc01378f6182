using System.Security.Cryptography;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Permissions;

using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using AclPermissionType = Fink.Kafka.Protocol.Values.AclPermissionType;
using CoordinatorType = Fink.Kafka.Protocol.Values.CoordinatorType;
using PatternType = Fink.Kafka.Protocol.Values.PatternType;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

/// <summary>
/// Asks a broker every case with every subset of its rights, each as a user of its own who has those rights and no others. All
/// resources have an ACL for somebody else, so that none is everybody's.
/// </summary>
internal sealed class PermissionRun(string host, int port, string admin, string adminPassword)
{
    private const string Password = "of no importance";
    private const string SharedTopic = "permissions";
    private const int Iterations = 4096;

    private static readonly PermissionCase[] Cases =
        [.. DataCases.All, .. GroupCases.All, .. GroupCases.Offsets, .. TopicCases.All, .. ConfigCases.All, .. SecurityCases.All];

    public static IEnumerable<string> CaseNames => Cases.Select(one => one.Name);

    /// <returns>A line each, in the order of the cases: the case, the rights, the answer.</returns>
    public async Task<IReadOnlyList<string>> AskAsync(CancellationToken cancellationToken)
    {
        using var root = await WireClient.LogInAsync(host, port, admin, adminPassword, cancellationToken);
        Asker[] askers = [.. Cases.SelectMany((one, at) => Enumerable.Range(0, 1 << one.Rights.Length).Select(set =>
            new Asker(one, $"permissions-{at}-{set}", [.. one.Rights.Where((_, bit) => (set & 1 << bit) != 0)])))];
        await MakeUsersAsync(root, askers, cancellationToken);
        await MakeAclsAsync(root, askers, cancellationToken);
        var ids = await MakeTopicsAsync(root, askers, cancellationToken);
        await UntilCoordinatorsAreReadyAsync(root, cancellationToken);

        List<string> lines = [];
        foreach (var asker in askers)
        {
            var on = new Resources(asker.Topic, ids.GetValueOrDefault(asker.Topic), asker.User, asker.User);
            await asker.Case.Prepare(root, on, cancellationToken);
            using var client = await LogInAsync(asker.User, cancellationToken);
            var rights = asker.Rights.Length == 0 ? "nothing" : string.Join(' ', asker.Rights);
            lines.Add($"{asker.Case.Name} | {rights} | {await asker.Case.Ask(client, on, cancellationToken)}");
        }

        return lines;
    }

    /// <summary>Users are there a little after they were made.</summary>
    private async Task<WireClient> LogInAsync(string user, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await WireClient.LogInAsync(host, port, user, Password, cancellationToken);
            }
            catch (UnauthorizedAccessException)
            {
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private static async Task MakeUsersAsync(WireClient root, Asker[] askers, CancellationToken cancellationToken)
    {
        byte[] salt = [1, 2, 3];
        var salted = Rfc2898DeriveBytes.Pbkdf2(Password, salt, Iterations, HashAlgorithmName.SHA512, 64);
        var made = await root.AskAsync<AlterUserScramCredentialsRequest, AlterUserScramCredentialsResponse>(
            new()
            {
                Upsertions =
                [
                    .. askers.Select(asker => new AlterUserScramCredentialsRequest.Upsertion
                    {
                        Name = asker.User,
                        Mechanism = ScramMechanism.ScramSha512,
                        Iterations = Iterations,
                        Salt = salt,
                        SaltedPassword = salted,
                    }),
                ],
            },
            cancellationToken);
        Assert.All(made.Results, result => Assert.Equal(ErrorCode.None, result.ErrorCode));
    }

    private static async Task MakeAclsAsync(WireClient root, Asker[] askers, CancellationToken cancellationToken)
    {
        var nobodys = new CreateAclsRequest.Acl
        {
            ResourceName = "permissions",
            ResourcePatternType = PatternType.Prefixed,
            Principal = "User:nobody",
            Host = "*",
            Operation = AclOperation.Read,
            PermissionType = AclPermissionType.Allow,
        };
        CreateAclsRequest.Acl[] acls =
        [
            nobodys with { ResourceType = ResourceType.Topic },
            nobodys with { ResourceType = ResourceType.Group },
            nobodys with { ResourceType = ResourceType.TransactionalId },
            nobodys with { ResourceType = ResourceType.Cluster, ResourceName = "kafka-cluster", ResourcePatternType = PatternType.Literal },
            .. askers.SelectMany(asker => asker.Rights.Select(right => nobodys with
            {
                ResourceType = right.On,
                ResourceName = right.On switch
                {
                    ResourceType.Topic => asker.Topic,
                    ResourceType.Cluster => "kafka-cluster",
                    _ => asker.User,
                },
                ResourcePatternType = PatternType.Literal,
                Principal = "User:" + asker.User,
                Operation = right.Operation,
            })),
        ];
        var made = await root.AskAsync<CreateAclsRequest, CreateAclsResponse>(new() { Creations = acls }, cancellationToken);
        Assert.All(made.Results, result => Assert.Equal(ErrorCode.None, result.ErrorCode));
        await UntilAsync(
            async () => (await root.AskAsync<DescribeAclsRequest, DescribeAclsResponse>(
                new()
                {
                    ResourceTypeFilter = ResourceType.Any,
                    PatternTypeFilter = PatternType.Any,
                    Operation = AclOperation.Any,
                    PermissionType = AclPermissionType.Any,
                },
                cancellationToken)).Resources.Sum(resource => resource.Acls.Length) >= acls.Length,
            cancellationToken);
    }

    private static async Task<Dictionary<string, Guid>> MakeTopicsAsync(
        WireClient root, Asker[] askers, CancellationToken cancellationToken)
    {
        string[] topics =
            [SharedTopic, .. askers.Where(asker => asker.Case.Topic == TopicKind.Own).Select(asker => asker.Topic)];
        var made = await root.AskAsync<CreateTopicsRequest, CreateTopicsResponse>(
            new()
            {
                Topics =
                [
                    .. topics.Select(name => new CreateTopicsRequest.Topic { Name = name, NumPartitions = 1, ReplicationFactor = 1 }),
                ],
            },
            cancellationToken);
        Assert.All(made.Topics, topic => Assert.Equal(ErrorCode.None, topic.ErrorCode));
        await UntilAsync(
            async () => (await root.AskAsync<MetadataRequest, MetadataResponse>(
                new() { Topics = [.. topics.Select(name => new MetadataRequest.Topic { Name = name })] }, cancellationToken))
                .Topics.All(topic => topic.ErrorCode == ErrorCode.None && topic.Partitions[0].LeaderId >= 0),
            cancellationToken);
        return made.Topics.ToDictionary(topic => topic.Name, topic => topic.TopicId);
    }

    /// <summary>Kafka makes their topics when somebody first asks.</summary>
    private static async Task UntilCoordinatorsAreReadyAsync(WireClient root, CancellationToken cancellationToken)
    {
        foreach (var type in new[] { CoordinatorType.Group, CoordinatorType.Transaction })
        {
            await UntilAsync(
                async () => (await root.AskAsync<FindCoordinatorRequest, FindCoordinatorResponse>(
                    new() { KeyType = type, CoordinatorKeys = [.. Enumerable.Range(0, Cases.Length).Select(at => $"permissions-{at}-0")] },
                    cancellationToken)).Coordinators.All(one => one.ErrorCode != ErrorCode.CoordinatorNotAvailable),
                cancellationToken);
        }

        await UntilAsync(
            async () => (await root.AskAsync<DescribeTransactionsRequest, DescribeTransactionsResponse>(
                new() { TransactionalIds = [.. Enumerable.Range(0, 500).Select(at => $"any-{at}")] }, cancellationToken))
                .TransactionStates.All(one => one.ErrorCode == ErrorCode.TransactionalIdNotFound),
            cancellationToken);
        await UntilAsync(
            async () => (await root.AskAsync<InitProducerIdRequest, InitProducerIdResponse>(
                new() { TransactionTimeoutMs = 10_000 }, cancellationToken)).ErrorCode == ErrorCode.None,
            cancellationToken);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, CancellationToken cancellationToken)
    {
        while (!await isSo()) await Task.Delay(100, cancellationToken);
    }

    private sealed record Asker(PermissionCase Case, string User, Right[] Rights)
    {
        public string Topic { get; } = Case.Topic == TopicKind.Shared ? SharedTopic : User;
    }
}
