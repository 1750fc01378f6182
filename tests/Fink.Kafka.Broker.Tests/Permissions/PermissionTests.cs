using System.Globalization;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Tests.Listeners;
using Fink.Kafka.Protocol;
using Fink.TestSupport.Clusters;

namespace Fink.Kafka.Broker.Tests.Permissions;

/// <summary>
/// Every API that this broker serves, with and without each right, answered by Apache Kafka and by this broker. Kafka's answers
/// are kept in tests/golden-security/permissions.txt, so that this broker is compared with them where there is no Java.
/// </summary>
public sealed class PermissionTests(TestClusters clusters)
{
    /// <summary>With FINK_WRITE_GOLDEN set, Kafka's answers are written anew instead.</summary>
    [Fact]
    public async Task Kafka_answers_as_the_table_says()
    {
        var kafka = await clusters.OfAsync(TestClusters.Kraft);
        var server = kafka.Description.BootstrapServers.Split(':');
        var properties = await File.ReadAllTextAsync(kafka.AdminProperties, TestContext.Current.CancellationToken);
        var password = properties.Split("password=\"")[1].Split('"')[0];

        var answers = await AskAsync(server[0], int.Parse(server[1], CultureInfo.InvariantCulture), "admin", password);

        if (Environment.GetEnvironmentVariable("FINK_WRITE_GOLDEN") is { Length: > 0 })
        {
            await File.WriteAllLinesAsync(Golden.File("permissions.txt"), answers, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await KafkasAnswersAsync(), answers);
    }

    [Fact]
    public async Task This_broker_answers_as_Kafka_does()
    {
        await using var broker = await TestBroker.StartAsync(
            ("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
            ("super.users", "User:" + TestBroker.User),
            ("auto.create.topics.enable", "false"));
        var endpoint = broker.Endpoint(SecurityProtocol.SaslPlaintext);

        var answers = await AskAsync(endpoint.Host, endpoint.Port, TestBroker.User, TestBroker.Password);

        Assert.Equal(await KafkasAnswersAsync(), answers);
    }

    [Fact]
    public void Every_API_but_those_before_a_login_is_asked()
    {
        var asked = string.Join('\n', PermissionRun.CaseNames);

        Assert.All(
            ApiCatalog.All.Where(api => api.IsAdvertised && ApiPermissions.Of(api.Key).Count > 0),
            api => Assert.Matches($"(?m)^{api.Key}( |$)", asked));
    }

    private static Task<string[]> KafkasAnswersAsync() =>
        File.ReadAllLinesAsync(Golden.File("permissions.txt"), TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<string>> AskAsync(string host, int port, string admin, string password)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        return await new PermissionRun(host, port, admin, password).AskAsync(limit.Token);
    }
}
