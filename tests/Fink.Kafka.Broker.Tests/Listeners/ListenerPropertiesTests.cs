using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Listeners;

namespace Fink.Kafka.Broker.Tests.Listeners;

public sealed class ListenerPropertiesTests
{
    [Theory]
    [InlineData("plaintext://:9092", "PLAINTEXT Plaintext '':9092")]
    [InlineData("SASL_SSL://[::1]:9093", "SASL_SSL SaslSsl '::1':9093")]
    [InlineData("SSL://broker-1.example.org:0", "SSL Ssl 'broker-1.example.org':0")]
    [InlineData("SASL_PLAINTEXT://localhost:65535", "SASL_PLAINTEXT SaslPlaintext 'localhost':65535")]
    public void A_listener_is_a_name_a_host_and_a_port(string listeners, string expected)
    {
        var (settings, mistakes) = Read(("listeners", listeners));

        Assert.Empty(mistakes);
        var only = Assert.Single(settings);
        Assert.Equal(expected, $"{only.Name} {only.Protocol} '{only.Host}':{only.Port}");
    }

    [Fact]
    public void Names_of_one_s_own_have_their_protocol_in_the_map()
    {
        var (settings, mistakes) = Read(
            ("listeners", "INSIDE://:9092, OUTSIDE://0.0.0.0:9093"),
            ("listener.security.protocol.map", "inside:PLAINTEXT,OUTSIDE:sasl_ssl"),
            ("advertised.listeners", "OUTSIDE://kafka.example.org:443,INSIDE://10.0.0.1:9092"));

        Assert.Empty(mistakes);
        Assert.Equal(
            [
                new ListenerSettings("INSIDE", SecurityProtocol.Plaintext, "", 9092, "10.0.0.1", 9092),
                new ListenerSettings("OUTSIDE", SecurityProtocol.SaslSsl, "0.0.0.0", 9093, "kafka.example.org", 443),
            ],
            settings);
    }

    [Fact]
    public void A_listener_on_every_address_tells_clients_the_machine_s_name()
    {
        var (settings, _) = Read(("listeners", "PLAINTEXT://0.0.0.0:9092"));

        Assert.Equal(System.Net.Dns.GetHostName(), Assert.Single(settings).AdvertisedHost);
    }

    [Theory]
    [InlineData("listeners", "", "listeners names none")]
    [InlineData("listeners", "PLAINTEXT:9092", "'PLAINTEXT:9092', which is not NAME://HOST:PORT")]
    [InlineData("listeners", "PLAINTEXT://:99999", "'PLAINTEXT://:99999', whose port is none: ports are 1-65535")]
    [InlineData("listeners", "PLAINTEXT://:100000", "whose port is none: ports are 1-65535")]
    [InlineData("listeners", "PLAINTEXT://::1:9092", "which is not NAME://HOST:PORT")]
    [InlineData("listeners", "PLAINTEXT://:1,PLAINTEXT://:2", "PLAINTEXT twice")]
    [InlineData("listeners", "PLAINTEXT://:9092,SSL://:9092", "the port 9092 twice")]
    [InlineData("listeners", "MINE://:9092", "MINE, which is none of PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL and has no security protocol in listener.security.protocol.map")]
    [InlineData("listener.security.protocol.map", "PLAINTEXT", "'PLAINTEXT', which is not NAME:PROTOCOL")]
    [InlineData("listener.security.protocol.map", "PLAINTEXT:TLS", "the protocols are PLAINTEXT, SASL_PLAINTEXT, SASL_SSL, SSL")]
    [InlineData("listener.security.protocol.map", "A:SSL,a:SSL", "a twice")]
    [InlineData("advertised.listeners", "SSL://x:1", "SSL, which is none of listeners")]
    [InlineData("advertised.listeners", "PLAINTEXT://0.0.0.0:1", "no address of a machine")]
    public void A_mistake_is_named(string property, string value, string expected)
    {
        var (_, mistakes) = Read((property, value));

        Assert.Contains(mistakes, mistake => mistake.ToString().Contains(expected, StringComparison.Ordinal));
    }

    private static (IReadOnlyList<ListenerSettings> Settings, List<ConfigurationMistake> Mistakes) Read(params IReadOnlyList<(string Name, string Value)> properties)
    {
        List<ConfigurationMistake> mistakes = [];
        var configs = BrokerConfigs.Parse(properties.ToDictionary(property => property.Name, property => property.Value));
        return (new ListenerProperties(configs, mistakes).Read(), mistakes);
    }
}
