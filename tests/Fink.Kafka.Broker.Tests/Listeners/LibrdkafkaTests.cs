using System.Security.Cryptography.X509Certificates;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.TestSupport;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>The client that most of the world uses, through each kind of listener.</summary>
public sealed class LibrdkafkaTests : IDisposable
{
    private const string AllProtocols =
        "PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,SASL_SSL://127.0.0.1:0";

    private readonly TemporaryFolder _certificates = new();

    public static TheoryData<SecurityProtocol, string> Ways => new()
    {
        { SecurityProtocol.Plaintext, "" },
        { SecurityProtocol.Ssl, "" },
        { SecurityProtocol.SaslPlaintext, "SCRAM-SHA-512" },
        { SecurityProtocol.SaslPlaintext, "SCRAM-SHA-256" },
        { SecurityProtocol.SaslPlaintext, "PLAIN" },
        { SecurityProtocol.SaslSsl, "SCRAM-SHA-512" },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_is_produced_is_consumed_by_a_group(SecurityProtocol protocol, string mechanism)
    {
        await using var broker = await TestBroker.StartAsync(
            [
                .. WithCertificate(asPkcs12: mechanism.Length > 0),
                ("listeners", AllProtocols),
                ("sasl.enabled.mechanisms", "SCRAM-SHA-512,SCRAM-SHA-256,PLAIN"),
            ]);
        var client = Config(broker, protocol, mechanism);
        using (var admin = new AdminClientBuilder(client).SetErrorHandler((_, error) => Assert.Fail($"{error}\n{broker.Log}")).Build())
        {
            await admin.CreateTopicsAsync([new TopicSpecification { Name = "t", NumPartitions = 3, ReplicationFactor = 1 }]);
        }

        using (var producer = new ProducerBuilder<string, string>(new ProducerConfig(new ClientConfig(client.ToDictionary(property => property.Key, property => property.Value))) { EnableIdempotence = true }).Build())
        {
            for (var i = 0; i < 1000; i++) producer.Produce("t", new Message<string, string> { Key = $"k{i}", Value = $"v{i}" });
            producer.Flush(Cancelled);
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"v{i}").Order(), Consume(client, 1000).Order());
        Assert.DoesNotContain("Error", broker.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_one()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = Config(broker, SecurityProtocol.SaslPlaintext, "SCRAM-SHA-512");
        client.SaslPassword = "wrong";
        var told = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var admin = new AdminClientBuilder(client)
            .SetErrorHandler((_, error) => { if (error.Code == Confluent.Kafka.ErrorCode.Local_Authentication) told.TrySetResult(error); })
            .Build();

        var error = await told.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancelled);

        Assert.Contains("Authentication failed during authentication due to invalid credentials", error.Reason, StringComparison.Ordinal);
    }

    private static List<string> Consume(ClientConfig client, int count)
    {
        using var consumer = new ConsumerBuilder<string, string>(
            new ConsumerConfig(client) { GroupId = "g", AutoOffsetReset = AutoOffsetReset.Earliest, EnableAutoCommit = false }).Build();
        consumer.Subscribe("t");
        List<string> values = [];
        while (values.Count < count)
        {
            if (consumer.Consume(TimeSpan.FromMinutes(1)) is not { } message) break;
            values.Add(message.Message.Value);
        }

        consumer.Commit();
        consumer.Close();
        return values;
    }

    private ClientConfig Config(TestBroker broker, SecurityProtocol protocol, string mechanism) => new()
    {
        BootstrapServers = broker.Endpoint(protocol).ToString(),
        SecurityProtocol = Enum.Parse<Confluent.Kafka.SecurityProtocol>(protocol.ToString()),
        SslCaLocation = Path.Combine(_certificates.Path, "certificate.pem"),
        SaslMechanism = mechanism switch
        {
            "SCRAM-SHA-512" => SaslMechanism.ScramSha512,
            "SCRAM-SHA-256" => SaslMechanism.ScramSha256,
            "PLAIN" => SaslMechanism.Plain,
            _ => null,
        },
        SaslUsername = mechanism.Length > 0 ? TestBroker.User : null,
        SaslPassword = mechanism.Length > 0 ? TestBroker.Password : null,
    };

    private (string Name, string Value)[] WithCertificate(bool asPkcs12)
    {
        var (certificate, key) = TestCertificate.WriteWithPkcs1Key(_certificates.Path, "127.0.0.1");
        if (!asPkcs12)
        {
            return [("ssl.keystore.certificate.chain", File.ReadAllText(certificate)), ("ssl.keystore.key", File.ReadAllText(key))];
        }

        var store = Path.Combine(_certificates.Path, "store.p12");
        using var both = X509Certificate2.CreateFromPemFile(certificate, key);
        File.WriteAllBytes(store, both.Export(X509ContentType.Pkcs12, "store-secret"));
        return [("ssl.keystore.type", "PKCS12"), ("ssl.keystore.location", store), ("ssl.keystore.password", "store-secret")];
    }
}
