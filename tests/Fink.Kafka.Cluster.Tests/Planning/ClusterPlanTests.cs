using Fink.Kafka.Cluster.Planning;
using Fink.Kafka.Cluster.Storage;
using Fink.TestSupport.Clusters;

namespace Fink.Kafka.Cluster.Tests.Planning;

public sealed class ClusterPlanTests : IDisposable
{
    private readonly FakeHome _home = new();

    [Fact]
    public void Three_brokers_follow_each_other_with_ZooKeeper_as_in_the_original()
    {
        var plan = Decide(new ClusterOptions());

        Assert.Equal(ClusterMode.ZooKeeper, plan.Mode);
        Assert.Equal("127.0.0.1:9093,127.0.0.1:9094,127.0.0.1:9095", plan.BootstrapServers);
        Assert.Equal("127.0.0.1:2182", plan.ZooKeeper!.ToString());
        Assert.Equal("127.0.0.1", plan.ClientHost);
    }

    [Fact]
    public void A_home_without_ZooKeepers_scripts_gives_one_broker_in_kraft_mode()
    {
        _home.RemoveZooKeeper();

        var plan = Decide(new ClusterOptions());

        Assert.Equal(ClusterMode.Kraft, plan.Mode);
        Assert.Single(plan.Brokers);
    }

    [Fact]
    public void What_the_folder_remembers_holds_until_an_option_says_otherwise()
    {
        var state = State("127.0.0.1:1001", "127.0.0.1:1002");

        Assert.Equal("127.0.0.1:1001,127.0.0.1:1002", Decide(new ClusterOptions(), state).BootstrapServers);
        Assert.Equal("127.0.0.1:1001,127.0.0.1:1002,127.0.0.1:1003", Decide(new ClusterOptions { Brokers = 3 }, state).BootstrapServers);
        Assert.Equal("127.0.0.1:2001,127.0.0.1:2002", Decide(new ClusterOptions { Listen = HostPort.Parse("127.0.0.1:2001") }, state).BootstrapServers);
    }

    [Fact]
    public void Only_what_a_running_cluster_is_not_is_told_as_unheeded()
    {
        var state = State("127.0.0.1:1001") with { ZooKeeper = "127.0.0.1:2182", KafkaHome = _home.Path };
        var elsewhere = new ClusterOptions { Listen = HostPort.Parse("127.0.0.1:2001"), TlsCertificate = "chain.pem" };

        Assert.Empty(Decide(new ClusterOptions(), state).Unheeded(new ClusterOptions(), state));
        Assert.Equal(
            "not heeded, as the cluster runs without: --listen 127.0.0.1:2001 (it listens on 127.0.0.1:1001); --tls-cert and --tls-key. 'fink-kafka stop' first, then start it again so",
            Assert.Single(Decide(elsewhere, state).Unheeded(elsewhere, state)));
    }

    [Fact]
    public void Clients_from_anywhere_are_meant_where_the_listener_is_not_on_loopback()
    {
        var plan = Decide(new ClusterOptions { Listen = HostPort.Parse("0.0.0.0:9093"), Advertise = "broker.example.org", Brokers = 1 });

        Assert.Equal("broker.example.org:9093", plan.BootstrapServers);
        Assert.Equal("*", plan.ClientHost);
    }

    [Fact]
    public void Clients_without_a_login_get_a_port_of_their_own_on_loopback_wherever_the_others_come_in()
    {
        var plan = Decide(new ClusterOptions { Listen = HostPort.Parse("0.0.0.0:9093"), Advertise = "broker.example.org", AnonymousRead = true });

        Assert.Equal(["127.0.0.1:9193", "127.0.0.1:9194", "127.0.0.1:9195"], plan.AnonymousServers);
        Assert.Equal(new AnonymousGrant("127.0.0.1", null), plan.AnonymousGrant);
        Assert.Empty(Decide(new ClusterOptions()).AnonymousServers);
        Assert.Null(Decide(new ClusterOptions()).AnonymousGrant);
    }

    [Fact]
    public void Clients_without_a_login_come_from_anywhere_only_where_it_is_said()
    {
        var plan = Decide(new ClusterOptions
        {
            Brokers = 1,
            Advertise = "broker.example.org",
            AnonymousListen = HostPort.Parse("0.0.0.0:7000"),
            DistributionTopic = "out",
        });

        Assert.Equal(["broker.example.org:7000"], plan.AnonymousServers);
        Assert.Equal(new AnonymousGrant("*", "out"), plan.AnonymousGrant);
    }

    [Fact]
    public void What_changes_for_clients_without_a_login_is_told()
    {
        var closed = State("127.0.0.1:1001");
        var open = closed with { AnonymousServers = ["127.0.0.1:1101"] };
        var asking = new ClusterOptions { AnonymousRead = true };

        Assert.Contains("--anonymous-read on 127.0.0.1:1101", Unheeded(asking, closed), StringComparison.Ordinal);
        Assert.Equal("", Unheeded(asking, open));
        Assert.Contains("'fink-kafka stop' first", Unheeded(new ClusterOptions(), open), StringComparison.Ordinal);

        Assert.Contains("127.0.0.1:1101", Assert.Single(Decide(asking, closed).AnonymousNotes(closed)), StringComparison.Ordinal);
        Assert.Contains("any more", Assert.Single(Decide(new ClusterOptions(), open).AnonymousNotes(open)), StringComparison.Ordinal);
        Assert.Empty(Decide(new ClusterOptions(), closed).AnonymousNotes(closed));

        string Unheeded(ClusterOptions options, ClusterState state)
        {
            var running = state with { ZooKeeper = "127.0.0.1:2182" };
            return string.Join('\n', Decide(options, running).Unheeded(options, running));
        }
    }

    public static TheoryData<string, ClusterOptions, string> Mistakes => new()
    {
        { "no advertised name", new ClusterOptions { Listen = new HostPort("0.0.0.0", 9093) }, "--advertise" },
        { "a wildcard as name", new ClusterOptions { Listen = new HostPort("0.0.0.0", 9093), Advertise = "0.0.0.0" }, "--advertise" },
        { "no broker", new ClusterOptions { Brokers = 0 }, "--brokers" },
        { "fewer brokers than before", new ClusterOptions { Brokers = 1 }, "not shrink" },
        { "another mode than before", new ClusterOptions { Mode = ClusterMode.Kraft }, "holds a cluster in zookeeper mode" },
        { "a port beyond the last", new ClusterOptions { Listen = new HostPort("127.0.0.1", 65535) }, "65536" },
        { "ZooKeeper for the world", new ClusterOptions { ZooKeeper = new HostPort("0.0.0.0", 2181) }, "loopback" },
        { "anybody at an unknown name", new ClusterOptions { AnonymousListen = new HostPort("0.0.0.0", 9193) }, "--advertise" },
        { "anybody at a port beyond the last", new ClusterOptions { AnonymousListen = new HostPort("127.0.0.1", 65535) }, "--anonymous-listen" },
        { "anybody at a broker's port", new ClusterOptions { AnonymousListen = new HostPort("127.0.0.1", 1002) }, "port 1002" },
        { "one port twice", new ClusterOptions { ZooKeeper = new HostPort("127.0.0.1", 1002) }, "port 1002" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_a_usage_error_that_says_what_to_do(string what, ClusterOptions options, string words)
    {
        var error = Assert.Throws<ClusterException>(() => Decide(options, State("127.0.0.1:1001", "127.0.0.1:1002")));

        Assert.True(error.Kind == ClusterErrorKind.Usage, what);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ZooKeeper_mode_without_its_scripts_names_the_home_and_the_way_out()
    {
        _home.RemoveZooKeeper();

        var error = Assert.Throws<ClusterException>(() => Decide(new ClusterOptions { Mode = ClusterMode.ZooKeeper }));

        Assert.Contains(_home.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains("--mode kraft", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/folder", "no such folder")]
    [InlineData("/", "is not Apache Kafka's folder")]
    public void A_home_that_is_none_is_one_clear_error(string variable, string words)
    {
        var error = Assert.Throws<ClusterException>(() => ClusterPlan.Decide(
            new ClusterOptions(), null, "/data", name => name == "KAFKA_HOME" ? variable : name == "XDG_DATA_HOME" ? "/no/such/data" : null));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_home_the_broker_is_the_embedded_one()
    {
        var plan = ClusterPlan.Decide(new ClusterOptions(), null, "/data", NoHome);

        Assert.Equal(ClusterMode.Embedded, plan.Mode);
        Assert.Null(plan.Home);
        Assert.Null(plan.ZooKeeper);
        Assert.Equal("127.0.0.1:9093", plan.BootstrapServers);
        Assert.Empty(plan.Notes);
    }

    [Fact]
    public void A_home_does_not_matter_to_a_folder_or_an_option_that_says_embedded()
    {
        Assert.Null(Decide(new ClusterOptions { Mode = ClusterMode.Embedded }).Home);
        Assert.Equal(ClusterMode.Embedded, Decide(new ClusterOptions(), State("127.0.0.1:1001") with { Mode = ClusterMode.Embedded, KafkaHome = null }).Mode);
    }

    [Theory]
    [InlineData(ClusterMode.ZooKeeper, "for zookeeper mode")]
    [InlineData(ClusterMode.Kraft, "for kraft mode")]
    public void A_mode_that_needs_a_home_says_where_to_get_one_and_what_needs_none(ClusterMode mode, string words)
    {
        var error = Assert.Throws<ClusterException>(() => ClusterPlan.Decide(new ClusterOptions { Mode = mode }, null, "/data", NoHome));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("set KAFKA_HOME", error.Message, StringComparison.Ordinal);
        Assert.Contains("--mode embedded", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_embedded_broker_takes_the_first_of_several_configured_addresses_and_says_so()
    {
        var plan = ClusterPlan.Decide(
            new ClusterOptions { BrokerAddresses = [HostPort.Parse("localhost:9093"), HostPort.Parse("localhost:9094")] }, null, "/data", NoHome);

        Assert.Equal("localhost:9093", plan.BootstrapServers);
        Assert.Contains("localhost:9093", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_brokers_that_are_asked_for_are_not_one_embedded_broker()
    {
        var error = Assert.Throws<ClusterException>(() => Decide(new ClusterOptions { Mode = ClusterMode.Embedded, Brokers = 3 }));

        Assert.Equal(ClusterErrorKind.Usage, error.Kind);
        Assert.Contains("--mode kraft", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private static string? NoHome(string name) => name == "XDG_DATA_HOME" ? "/no/such/data" : null;

    private ClusterPlan Decide(ClusterOptions options, ClusterState? state = null) =>
        ClusterPlan.Decide(options, state, "/data", _home.Environment);

    private ClusterState State(params string[] brokers) =>
        new() { Mode = ClusterMode.ZooKeeper, KafkaHome = _home.Path, KafkaVersion = "3.9.1", Brokers = brokers, WasReady = true };
}
