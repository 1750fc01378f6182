using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Broker.Tests.Listeners;
using Fink.Kafka.Broker.Tests.Permissions;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests;

/// <summary>Starting, not starting, and stopping.</summary>
public sealed class EmbeddedBrokerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Port_0_becomes_a_real_one_and_is_the_one_that_clients_are_told()
    {
        await using var broker = await StartAsync();

        Assert.Equal([SecurityProtocol.Plaintext, SecurityProtocol.SaslPlaintext], broker.Endpoints.Select(endpoint => endpoint.Protocol));
        Assert.All(broker.Endpoints, endpoint => Assert.InRange(endpoint.Port, 1, 65535));
        Assert.Equal($"127.0.0.1:{broker.Endpoints[0].Port}", broker.BootstrapServers);
    }

    [Fact]
    public async Task Nobody_can_connect_before_what_is_to_be_done_before_is_done()
    {
        var seen = new List<SocketError>();
        var options = TestBroker.Options(_folder.Path) with { BeforeServing = bound => seen.Add(Connect(bound.Endpoints[0].Port)) };

        await using var broker = await EmbeddedBroker.StartAsync(options, Cancelled);

        Assert.Equal([SocketError.ConnectionRefused, SocketError.Success], [.. seen, Connect(broker.Endpoints[0].Port)]);
    }

    [Fact]
    public async Task A_start_that_ends_before_it_serves_leaves_its_port_and_its_folder_to_the_next()
    {
        var port = 0;
        var options = TestBroker.Options(_folder.Path) with
        {
            BeforeServing = bound =>
            {
                port = bound.Endpoints[0].Port;
                throw new IOException("no room for the file");
            },
        };

        Assert.Equal("no room for the file", (await Assert.ThrowsAsync<IOException>(() => EmbeddedBroker.StartAsync(options, Cancelled))).Message);

        await using var again = await StartAsync(("listeners", $"PLAINTEXT://127.0.0.1:{port}"));
        Assert.Equal(port, again.Endpoints[0].Port);
    }

    [Fact]
    public async Task A_port_that_is_taken_between_its_binding_and_its_opening_is_said_as_any_other()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("only Linux lets two bind one port as long as neither listens");
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var options = TestBroker.Options(_folder.Path) with
        {
            BeforeServing = bound =>
            {
                other.Bind(new IPEndPoint(IPAddress.Loopback, bound.Endpoints[0].Port));
                other.Listen();
            },
        };

        var error = await Assert.ThrowsAsync<BrokerException>(() => EmbeddedBroker.StartAsync(options, Cancelled));

        Assert.Contains(" is taken: stop what listens on it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Localhost_is_listened_to_in_both_families_on_one_port()
    {
        await using var broker = await StartAsync(("listeners", "PLAINTEXT://localhost:0"));

        Assert.Equal("localhost", broker.Endpoints[0].Host);
        var loopbacks = Socket.OSSupportsIPv6 ? ["127.0.0.1", "::1"] : new[] { "127.0.0.1" };
        foreach (var host in loopbacks)
        {
            using var client = await WireClient.ConnectAsync(host, broker.Endpoints[0].Port, Cancelled);
            await client.AskAsync<ApiVersionsRequest, ApiVersionsResponse>(new(), Cancelled, version: 0);
        }
    }

    [Fact]
    public async Task What_is_advertised_is_what_clients_are_told()
    {
        await using var broker = await StartAsync(("advertised.listeners", "PLAINTEXT://broker.example:9092,SASL_PLAINTEXT://other.example:0"));

        Assert.Equal("broker.example:9092", broker.BootstrapServers);
        Assert.Equal("other.example", broker.Endpoints[1].Host);
        Assert.NotEqual(0, broker.Endpoints[1].Port);
    }

    [Fact]
    public async Task A_folder_keeps_its_cluster_id_and_the_users_of_its_first_start()
    {
        string cluster;
        await using (var first = await StartAsync()) cluster = first.ClusterId;

        var options = TestBroker.Options(_folder.Path) with { InitialUsers = [new InitialUser("late", "late-secret")] };
        await using var second = await EmbeddedBroker.StartAsync(options, Cancelled);

        Assert.Equal(cluster, second.ClusterId);
        using var known = await LogInAsync(second, TestBroker.User, TestBroker.Password);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => LogInAsync(second, "late", "late-secret"));
    }

    [Fact]
    public async Task A_start_can_give_users_their_passwords_anew_and_add_ACLs()
    {
        await (await StartAsync()).StopAsync(Cancelled);
        var acl = new InitialAcl("User:late", AclOperation.Read, ResourceType.Topic, "t");
        var options = TestBroker.Options(_folder.Path) with
        {
            ResetUsers = [new InitialUser(TestBroker.User, "another"), new InitialUser("late", "late-secret")],
            AddedAcls = [acl, acl],
        };
        await using (var second = await EmbeddedBroker.StartAsync(options, Cancelled))
        {
            using var known = await LogInAsync(second, TestBroker.User, "another");
            using var late = await LogInAsync(second, "late", "late-secret");
            await Assert.ThrowsAsync<UnauthorizedAccessException>(() => LogInAsync(second, TestBroker.User, TestBroker.Password));
        }

        await using var third = await StartAsync();
        Assert.Single(third.Services.Metadata.Image.Acls.Acls);
        using var still = await LogInAsync(third, TestBroker.User, "another");
    }

    [Fact]
    public async Task A_start_that_finds_its_port_taken_leaves_the_mark_of_the_clean_stop_before_it()
    {
        await (await StartAsync()).StopAsync(Cancelled);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await Assert.ThrowsAsync<BrokerException>(() => StartAsync(("listeners", $"PLAINTEXT://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}")));

        Assert.True(File.Exists(Path.Combine(_folder.Path, "clean-stop")));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line_and_nothing_stays_open()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var error = await Assert.ThrowsAsync<BrokerException>(() => StartAsync(("listeners", $"PLAINTEXT://127.0.0.1:{port}")));

        Assert.Equal(BrokerFailure.Listener, error.Failure);
        Assert.StartsWith($"listeners has PLAINTEXT://127.0.0.1:{port}, but port {port} is taken", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        await using var again = await StartAsync();
    }

    [Theory]
    [InlineData("PLAINTEXT://192.0.2.1:0", "192.0.2.1 is no address of this machine")]
    [InlineData("PLAINTEXT://no-such-host.invalid:0", "no-such-host.invalid is not known here")]
    public async Task An_address_of_another_machine_is_said_in_one_line(string listeners, string expected)
    {
        var error = await Assert.ThrowsAsync<BrokerException>(() => StartAsync(("listeners", listeners)));

        Assert.Equal(BrokerFailure.Listener, error.Failure);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_in_use_is_said_in_one_line()
    {
        await using var first = await StartAsync();

        var error = await Assert.ThrowsAsync<BrokerException>(() => StartAsync());

        Assert.Equal(BrokerFailure.DataDirectory, error.Failure);
        Assert.Contains("held by another process", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("num.partition", "3", "num.partitions")]
    [InlineData("num.partitions", "three", "num.partitions")]
    [InlineData("log.dirs", "/tmp/x", "log.dirs cannot be set")]
    [InlineData("super.users", "admin", "super.users has 'admin'")]
    [InlineData("listeners", "PLAINTEXT//x", "listeners has 'PLAINTEXT//x'")]
    public async Task A_wrong_property_is_said_in_one_line_and_the_folder_is_not_touched(string name, string value, string expected)
    {
        var error = await Assert.ThrowsAsync<BrokerException>(() => StartAsync((name, value)));

        Assert.Equal(BrokerFailure.Options, error.Failure);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_longest_times_that_kafka_takes_are_taken()
    {
        var longest = long.MaxValue.ToString(CultureInfo.InvariantCulture);

        await using var broker = await StartAsync(
            ("offsets.retention.check.interval.ms", longest),
            ("connections.max.reauth.ms", longest),
            ("connections.max.idle.ms", longest),
            ("log.retention.check.interval.ms", longest),
            ("log.roll.ms", longest));

        using var known = await LogInAsync(broker, TestBroker.User, TestBroker.Password);
    }

    [Fact]
    public async Task An_initial_acl_that_cannot_be_leaves_nothing_behind_that_a_second_try_would_miss()
    {
        var options = TestBroker.Options(_folder.Path) with
        {
            InitialAcls = [new InitialAcl("alice", AclOperation.Read, ResourceType.Topic, "t")],
        };

        var error = await Assert.ThrowsAsync<BrokerException>(() => EmbeddedBroker.StartAsync(options, Cancelled));
        Assert.Equal(BrokerFailure.Options, error.Failure);

        await using var second = await StartAsync();
        using var known = await LogInAsync(second, TestBroker.User, TestBroker.Password);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_clients_that_wait_and_a_second_stop_is_none()
    {
        var broker = await StartAsync();
        using var idle = await WireClient.ConnectAsync("127.0.0.1", broker.Endpoints[0].Port, Cancelled);
        using var half = await WireClient.ConnectAsync("127.0.0.1", broker.Endpoints[0].Port, Cancelled);
        await half.SendAsync(new byte[] { 0, 0, 1, 0, 0 }, Cancelled);

        await broker.StopAsync(Cancelled).WaitAsync(TimeSpan.FromMinutes(1), Cancelled);
        await broker.StopAsync(Cancelled);
        await broker.DisposeAsync();

        Assert.Null(await idle.ReceiveAsync(Cancelled));
        Assert.Null(await half.ReceiveAsync(Cancelled));
        Assert.True(File.Exists(Path.Combine(_folder.Path, "clean-stop")));
    }

    private static Task<WireClient> LogInAsync(EmbeddedBroker broker, string user, string password) =>
        WireClient.LogInAsync("127.0.0.1", broker.Endpoints[1].Port, user, password, Cancelled);

    private Task<EmbeddedBroker> StartAsync(params IReadOnlyList<(string Name, string Value)> properties) =>
        EmbeddedBroker.StartAsync(TestBroker.Options(_folder.Path, properties), Cancelled);

    private static SocketError Connect(int port)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
