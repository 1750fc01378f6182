using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Broker.Tests.Listeners;

namespace Fink.Kafka.Broker.Tests.Clients;

// This broker's own, which are nearer, are others.
using AclOperation = Confluent.Kafka.Admin.AclOperation;
using AclPermissionType = Confluent.Kafka.Admin.AclPermissionType;
using ResourceType = Confluent.Kafka.Admin.ResourceType;
using ScramMechanism = Confluent.Kafka.Admin.ScramMechanism;

/// <summary>Users and ACLs managed by librdkafka's admin client, and what clients then may.</summary>
public sealed class UserTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(ScramMechanism.ScramSha256, SaslMechanism.ScramSha256)]
    [InlineData(ScramMechanism.ScramSha512, SaslMechanism.ScramSha512)]
    public async Task A_user_logs_in_with_the_last_password_only_and_not_once_deleted(ScramMechanism mechanism, SaslMechanism sasl)
    {
        await using var broker = await StartAsync();
        using var admin = Admin(broker);
        await SetAsync(admin, mechanism, "first");
        Assert.True(MayLogIn(broker, sasl, "first"));

        await SetAsync(admin, mechanism, "second");
        Assert.False(MayLogIn(broker, sasl, "first"));
        Assert.True(MayLogIn(broker, sasl, "second"));
        var described = await admin.DescribeUserScramCredentialsAsync(["bob"]);
        var shown = Assert.Single(Assert.Single(described.UserScramCredentialsDescriptions).ScramCredentialInfos);
        Assert.Equal((mechanism, 8192), (shown.Mechanism, shown.Iterations));

        await admin.AlterUserScramCredentialsAsync([new UserScramCredentialDeletion { User = "bob", Mechanism = mechanism }]);
        Assert.False(MayLogIn(broker, sasl, "second"));
    }

    [Fact]
    public async Task A_producer_is_refused_until_an_ACL_allows_it_and_again_once_one_denies_it()
    {
        await using var broker = await StartAsync();
        using var admin = Admin(broker);
        await SetAsync(admin, ScramMechanism.ScramSha512, "pass");
        await admin.CreateTopicsAsync([new TopicSpecification { Name = "fink_t", NumPartitions = 1, ReplicationFactor = 1 }]);

        Assert.Equal(ErrorCode.TopicAuthorizationFailed, await SendAsync(broker));
        await admin.CreateAclsAsync([Rule(AclOperation.Write, AclPermissionType.Allow)]);
        Assert.Equal(ErrorCode.NoError, await SendAsync(broker));
        await admin.CreateAclsAsync([Rule(AclOperation.Write, AclPermissionType.Deny)]);
        Assert.Equal(ErrorCode.TopicAuthorizationFailed, await SendAsync(broker));

        var deleted = Assert.Single(await admin.DeleteAclsAsync([Filter(ResourcePatternType.Match)]));
        Assert.Equal(2, deleted.AclBindings.Count);
        Assert.Empty((await admin.DescribeAclsAsync(Filter(ResourcePatternType.Any))).AclBindings);
    }

    [Fact]
    public async Task A_consumer_needs_rights_on_its_group()
    {
        await using var broker = await StartAsync();
        using var admin = Admin(broker);
        await SetAsync(admin, ScramMechanism.ScramSha512, "pass");
        await admin.CreateTopicsAsync([new TopicSpecification { Name = "fink_t", NumPartitions = 1, ReplicationFactor = 1 }]);
        await admin.CreateAclsAsync([Rule(AclOperation.Read, AclPermissionType.Allow)]);
        using var consumer = new ConsumerBuilder<Null, string>(
            new ConsumerConfig(Client(broker, "bob", "pass", SaslMechanism.ScramSha512)) { GroupId = "private" }).Build();
        consumer.Subscribe("fink_t");

        var refused = Assert.Throws<ConsumeException>(() => consumer.Consume(Limit));

        Assert.Equal(ErrorCode.GroupAuthorizationFailed, refused.Error.Code);
    }

    private static Task<TestBroker> StartAsync() => TestBroker.StartAsync(
        ("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"), ("super.users", "User:" + TestBroker.User));

    private static ClientConfig Client(TestBroker broker, string user, string password, SaslMechanism mechanism) => new()
    {
        BootstrapServers = broker.Endpoint(SecurityProtocol.SaslPlaintext).ToString(),
        SecurityProtocol = Confluent.Kafka.SecurityProtocol.SaslPlaintext,
        SaslMechanism = mechanism,
        SaslUsername = user,
        SaslPassword = password,
    };

    private static IAdminClient Admin(TestBroker broker) => new AdminClientBuilder(
        new AdminClientConfig(Client(broker, TestBroker.User, TestBroker.Password, SaslMechanism.ScramSha512))).Build();

    private static Task SetAsync(IAdminClient admin, ScramMechanism mechanism, string password) => admin.AlterUserScramCredentialsAsync(
    [
        new UserScramCredentialUpsertion
        {
            User = "bob",
            ScramCredentialInfo = new ScramCredentialInfo { Mechanism = mechanism, Iterations = 8192 },
            Password = Encoding.UTF8.GetBytes(password),
            Salt = [1, 0, 2],
        },
    ]);

    private static bool MayLogIn(TestBroker broker, SaslMechanism mechanism, string password)
    {
        using var refused = new ManualResetEventSlim();
        using var client = new AdminClientBuilder(new AdminClientConfig(Client(broker, "bob", password, mechanism)))
            .SetErrorHandler((_, error) =>
            {
                if (error.Code == ErrorCode.Local_Authentication) refused.Set();
            })
            .SetLogHandler((_, _) => { })
            .Build();
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < Limit)
        {
            try
            {
                client.GetMetadata(TimeSpan.FromSeconds(1));
                return true;
            }
            catch (KafkaException) when (refused.IsSet)
            {
                return false;
            }
            catch (KafkaException e) when (e.Error.Code is ErrorCode.Local_Transport or ErrorCode.Local_TimedOut)
            {
                // Neither let in nor refused yet.
            }
        }

        throw new TimeoutException("The broker neither let the user in nor refused it.");
    }

    /// <summary>From a producer of its own: one that was refused a topic remembers it for a while.</summary>
    private static async Task<ErrorCode> SendAsync(TestBroker broker)
    {
        using var producer = new ProducerBuilder<Null, string>(
            new ProducerConfig(Client(broker, "bob", "pass", SaslMechanism.ScramSha512)) { MessageTimeoutMs = 30_000 }).Build();
        try
        {
            await producer.ProduceAsync("fink_t", new Message<Null, string> { Value = "v" });
            return ErrorCode.NoError;
        }
        catch (ProduceException<Null, string> e)
        {
            return e.Error.Code;
        }
    }

    private static AclBinding Rule(AclOperation operation, AclPermissionType permission) => new()
    {
        Pattern = new ResourcePattern { Type = ResourceType.Topic, Name = "fink_", ResourcePatternType = ResourcePatternType.Prefixed },
        Entry = new AccessControlEntry { Principal = "User:bob", Host = "*", Operation = operation, PermissionType = permission },
    };

    private static AclBindingFilter Filter(ResourcePatternType pattern) => new()
    {
        PatternFilter = new ResourcePatternFilter { Type = ResourceType.Topic, Name = pattern == ResourcePatternType.Match ? "fink_t" : null, ResourcePatternType = pattern },
        EntryFilter = new AccessControlEntryFilter { Operation = AclOperation.Any, PermissionType = AclPermissionType.Any },
    };
}
