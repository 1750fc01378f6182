using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Acls;
using Fink.Kafka.Properties;
using Fink.Kafka.Users;
using Fink.TestSupport.Clusters;

namespace Fink.Kafka.Cluster.Tests.Embedded;

/// <summary>What `broker run` makes of a data folder that was used before.</summary>
public sealed class EmbeddedHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-host-").FullName;

    private static readonly AclFilter OfConsumer = new() { Principal = "User:finkConsumer" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lost_credentials_are_made_anew_and_what_was_kept_is_still_there()
    {
        await RunAsync("127.0.0.1", async admin => await admin.Topics.CreateAsync([new("kept", 1, 1, new Dictionary<string, string>())], false, Cancel));
        Directory.Delete(Path.Combine(_folder, "credentials"), recursive: true);

        var said = await RunAsync("127.0.0.1", async admin => Assert.Equal(["kept"], await admin.Topics.ListAsync(false, Cancel)));

        Assert.Contains(said, line => line.Contains("new passwords", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_users_are_those_that_start_makes()
    {
        await RunAsync("127.0.0.1", async admin => Assert.All(
            await admin.Users.ListAsync(Cancel),
            user => Assert.Equal([new ScramCredential(ScramMechanism.Sha512, UserAdmin.DefaultIterations)], user.Credentials)));
    }

    [Fact]
    public async Task Who_sees_the_port_open_finds_everybody_s_credentials()
    {
        var address = TestClusters.FreeAddresses(1)[0];
        var layout = new ClusterLayout(_folder);
        var seen = Task.Run(
            () =>
            {
                while (!Listens(address.Port)) Cancel.ThrowIfCancellationRequested();
                return Directory.Exists(layout.CredentialsDir) ? Directory.GetFiles(layout.CredentialsDir).Length : 0;
            },
            Cancel);

        await RunAsync($"127.0.0.1:{address.Port}", async _ => Assert.Equal(6, await seen));
    }

    [Fact]
    public async Task Passwords_that_a_start_wrote_down_and_no_broker_has_are_set_by_the_next()
    {
        await RunAsync("127.0.0.1", _ => Task.CompletedTask);
        var layout = new ClusterLayout(_folder);
        File.WriteAllText(layout.UnmadeUsersFile, "admin=never-set\n");
        foreach (var file in (string[])[layout.CredentialsFile("admin"), layout.LibrdkafkaCredentialsFile("admin")])
        {
            File.WriteAllText(file, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), "password=\"?[^\"\n;]+", match => match.Value + "-anew"));
        }

        await RunAsync("127.0.0.1", async admin => Assert.Empty(await admin.Topics.ListAsync(false, Cancel)));

        Assert.False(File.Exists(layout.UnmadeUsersFile));
    }

    [Fact]
    public async Task A_listener_beyond_loopback_adds_the_ACLs_that_its_clients_need_once()
    {
        await RunAsync("127.0.0.1", async admin => Assert.Equal(["127.0.0.1"], await HostsAsync(admin)));

        var said = await RunAsync("0.0.0.0", async admin =>
        {
            Assert.Equal(["*", "127.0.0.1"], await HostsAsync(admin));
            await admin.Acls.RemoveAsync(await admin.Acls.ListAsync(OfConsumer, Cancel), Cancel);
        });
        var again = await RunAsync("0.0.0.0", async admin => Assert.Empty(await admin.Acls.ListAsync(OfConsumer, Cancel)));

        Assert.Single(said, line => line.Contains("ACLs for * are added", StringComparison.Ordinal));
        Assert.DoesNotContain(again, line => line.Contains("ACLs", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<IEnumerable<string>> HostsAsync(KafkaAdmin admin) =>
        (await admin.Acls.ListAsync(AclFilter.Everything, Cancel)).Select(acl => acl.Host).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Does it as the admin of the folder's file, then stops the broker. Returns what the broker said.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(string host, Func<KafkaAdmin, Task> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var said = new Lines();
        var cluster = new LocalCluster(_folder);
        var options = new BrokerRunOptions { Listeners = [$"SASL_PLAINTEXT://{(host.Contains(':') ? host : host + ":0")}"], Advertise = "127.0.0.1" };
        var running = cluster.RunBrokerAsync(options, said, stop.Token);
        if (await Task.WhenAny(said.Ready, running) == running)
        {
            await running;
        }

        using (var admin = new KafkaAdmin(new KafkaConnection(
            said.All[^1].Split(' ')[^1], ClientProperties.Load(cluster.Layout.CredentialsFile("admin")))))
        {
            await work(admin);
        }

        await stop.CancelAsync();
        await running;
        return said.All;
    }

    private static bool Listens(int port)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class Lines : IProgress<string>
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All => _all;

        public Task Ready => _ready.Task;

        public void Report(string value)
        {
            _all.Add(value);
            if (value.StartsWith("ready: ", StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }
        }
    }
}
