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
    public void Clients_from_anywhere_are_meant_where_the_listener_is_not_on_loopback()
    {
        var plan = Decide(new ClusterOptions { Listen = HostPort.Parse("0.0.0.0:9093"), Advertise = "broker.example.org", Brokers = 1 });

        Assert.Equal("broker.example.org:9093", plan.BootstrapServers);
        Assert.Equal("*", plan.ClientHost);
    }

    public static TheoryData<string, ClusterOptions, string> Mistakes => new()
    {
        { "no advertised name", new ClusterOptions { Listen = new HostPort("0.0.0.0", 9093) }, "--advertise" },
        { "a wildcard as name", new ClusterOptions { Listen = new HostPort("0.0.0.0", 9093), Advertise = "0.0.0.0" }, "--advertise" },
        { "no broker", new ClusterOptions { Brokers = 0 }, "--brokers" },
        { "fewer brokers than before", new ClusterOptions { Brokers = 1 }, "not shrink" },
        { "another mode than before", new ClusterOptions { Mode = ClusterMode.Kraft }, "holds a zookeeper cluster" },
        { "a port beyond the last", new ClusterOptions { Listen = new HostPort("127.0.0.1", 65535) }, "65536" },
        { "ZooKeeper for the world", new ClusterOptions { ZooKeeper = new HostPort("0.0.0.0", 2181) }, "loopback" },
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
    [InlineData(null, "set KAFKA_HOME")]
    [InlineData("/no/such/folder", "no such folder")]
    [InlineData("/", "is not Apache Kafka's folder")]
    public void A_home_that_is_none_is_one_clear_error(string? variable, string words)
    {
        var error = Assert.Throws<ClusterException>(() => ClusterPlan.Decide(
            new ClusterOptions(), null, "/data", name => name == "KAFKA_HOME" ? variable : name == "XDG_DATA_HOME" ? "/no/such/data" : null));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _home.Dispose();

    private ClusterPlan Decide(ClusterOptions options, ClusterState? state = null) =>
        ClusterPlan.Decide(options, state, "/data", _home.Environment);

    private ClusterState State(params string[] brokers) =>
        new() { Mode = ClusterMode.ZooKeeper, KafkaHome = _home.Path, KafkaVersion = "3.9.1", Brokers = brokers, WasReady = true };
}
