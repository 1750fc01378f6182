using Fink.Kafka.Cluster.Embedded;
using Fink.Kafka.Cluster.Security;

namespace Fink.Kafka.Cluster.Tests.Embedded;

public sealed class EmbeddedPropertiesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Nothing_said_is_a_guarded_listener_on_loopback()
    {
        var properties = EmbeddedProperties.Of(new BrokerRunOptions(), tls: null);

        Assert.Equal("SASL_PLAINTEXT://127.0.0.1:9093", properties.ByName["listeners"]);
        Assert.Equal("User:admin", properties.ByName["super.users"]);
        Assert.Equal("false", properties.ByName["allow.everyone.if.no.acl.found"]);
        Assert.Equal(new GuardedListener(0, "127.0.0.1"), properties.FirstGuarded);
        Assert.Equal("127.0.0.1", properties.FirstGuarded!.ClientHost);
    }

    [Fact]
    public void A_certificate_makes_the_listener_an_encrypted_one()
    {
        var properties = EmbeddedProperties.Of(new BrokerRunOptions(), new TlsMaterial("/tls/keystore.pem", null));

        Assert.Equal("SASL_SSL://127.0.0.1:9093", properties.ByName["listeners"]);
        Assert.Equal("/tls/keystore.pem", properties.ByName["ssl.keystore.location"]);
    }

    [Fact]
    public void An_override_wins_over_an_option_over_the_file_over_the_default()
    {
        File.WriteAllText(_file, "num.partitions=2\nlog.retention.hours=1\nlisteners=PLAINTEXT://:9092\nadvertised.listeners=PLAINTEXT://elsewhere:9092\n");

        var properties = EmbeddedProperties.Of(
            new BrokerRunOptions
            {
                PropertiesFile = _file,
                Listeners = ["SASL_PLAINTEXT://[::1]:1234"],
                Overrides = new Dictionary<string, string> { ["num.partitions"] = "4" },
            },
            tls: null).ByName;

        Assert.Equal("4", properties["num.partitions"]);
        Assert.Equal("1", properties["log.retention.hours"]);
        Assert.Equal("SASL_PLAINTEXT://[::1]:1234", properties["listeners"]);
        Assert.DoesNotContain("advertised.listeners", properties.Keys);
    }

    [Fact]
    public void The_advertised_name_stands_in_every_listener()
    {
        var properties = EmbeddedProperties.Of(
            new BrokerRunOptions { Listeners = ["PLAINTEXT://0.0.0.0:9092", "SASL_PLAINTEXT://:9093"], Advertise = "kafka.example.org" }, tls: null);

        Assert.Equal("PLAINTEXT://kafka.example.org:9092,SASL_PLAINTEXT://kafka.example.org:9093", properties.ByName["advertised.listeners"]);
        Assert.Equal(new GuardedListener(1, "0.0.0.0"), properties.FirstGuarded);
        Assert.Equal("*", properties.FirstGuarded!.ClientHost);
    }

    [Theory]
    [InlineData("PLAINTEXT://127.0.0.1:9092", null, null)]
    [InlineData("INSIDE://127.0.0.1:9092,OUTSIDE://10.0.0.1:9093", "INSIDE:PLAINTEXT,OUTSIDE:SASL_SSL", 1)]
    [InlineData("SASL_PLAINTEXT://127.0.0.1:9092", "SASL_PLAINTEXT:PLAINTEXT", null)]
    public void The_first_listener_that_asks_who_comes_is_found_by_its_protocol(string listeners, string? map, int? index)
    {
        var overrides = new Dictionary<string, string>();
        if (map is not null)
        {
            overrides["listener.security.protocol.map"] = map;
        }

        var properties = EmbeddedProperties.Of(new BrokerRunOptions { Listeners = listeners.Split(','), Overrides = overrides }, tls: null);

        Assert.Equal(index, properties.FirstGuarded?.Index);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_clear_error()
    {
        var error = Assert.Throws<ClusterException>(() => EmbeddedProperties.Of(new BrokerRunOptions { PropertiesFile = "/no/such.properties" }, tls: null));

        Assert.Contains("/no/such.properties", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_is_told_in_the_words_in_which_the_property_was_set()
    {
        File.WriteAllText(_file, "# mine\nnum.partition=2\nnum.partitions=0\nlisteners=SSL://:1\n");

        var properties = EmbeddedProperties.Of(
            new BrokerRunOptions
            {
                PropertiesFile = _file,
                Listeners = ["FOO://:1"],
                Overrides = new Dictionary<string, string> { ["num.partitions"] = "-1" },
            },
            tls: null);

        Assert.Equal($"{_file}:2: num.partition is wrong", properties.Explain(new("num.partition", "is wrong")));
        Assert.Equal("--override num.partitions is wrong", properties.Explain(new("num.partitions", "is wrong")));
        Assert.Equal("--listen has FOO", properties.Explain(new("listeners", "has FOO")));
        Assert.Equal(
            "ssl.keystore.location is not set (on the command line: --tls-cert FILE with --tls-key FILE)",
            properties.Explain(new("ssl.keystore.location", "is not set")));
    }

    public void Dispose() => File.Delete(_file);
}
