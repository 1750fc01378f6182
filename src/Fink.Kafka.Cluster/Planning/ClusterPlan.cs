using Fink.Kafka.Cluster.Homes;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Planning;

/// <param name="Listen">Where it listens for clients.</param>
/// <param name="Advertised">What clients are told to connect to.</param>
/// <param name="BaseProperties">A user's file whose entries it keeps; null for none.</param>
/// <param name="Anonymous">Where it lets clients in that do not log in; null for nowhere.</param>
internal sealed record BrokerPlan(int Id, HostPort Listen, HostPort Advertised, string? BaseProperties, AnonymousListener? Anonymous = null)
{
    public string Name => $"broker-{Id}";
}

/// <summary>Everything that a start needs to know, decided: options, what the folder remembers, and defaults together.</summary>
internal sealed record ClusterPlan(
    ClusterMode Mode, KafkaHome? Home, IReadOnlyList<BrokerPlan> Brokers, HostPort? ZooKeeper, string? Advertise, string? DistributionTopic)
{
    private const int DefaultZooKeeperBrokers = 3;
    private static readonly HostPort DefaultZooKeeper = new("127.0.0.1", 2182);

    /// <summary>What a user should know of what was decided.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public string BootstrapServers => string.Join(',', Brokers.Select(broker => broker.Advertised));

    /// <summary>Where clients come from, as Kafka sees and ACLs name it.</summary>
    public string ClientHost => ClientHostOf([.. Brokers.Select(broker => broker.Listen)]);

    /// <summary>Where clients connect that do not log in; empty for nowhere.</summary>
    public IReadOnlyList<string> AnonymousServers => [.. Brokers.Select(broker => broker.Anonymous?.Advertised.ToString()).OfType<string>()];

    /// <summary>What clients that do not log in may read, and from where; null where there are none.</summary>
    public AnonymousGrant? AnonymousGrant => AnonymousServers.Count == 0
        ? null
        : new AnonymousGrant(ClientHostOf([.. Brokers.Select(broker => broker.Anonymous!.Listen)]), DistributionTopic);

    /// <exception cref="ClusterException">The options contradict each other, the folder or the home.</exception>
    public static ClusterPlan Decide(ClusterOptions options, ClusterState? state, string dataDir, Func<string, string?> environment)
    {
        if (state is not null && options.Mode is { } asked && asked != state.Mode)
        {
            throw Usage($"{dataDir} holds a cluster in {state.Mode.Name()} mode: start it without --mode, or give another --data-dir for {asked.Name()}");
        }

        var (mode, home) = Choose(options, state, environment);

        var addresses = Addresses(options, state, mode);
        List<string> notes = [];
        if (mode == ClusterMode.Embedded && addresses is [var only, _, ..])
        {
            addresses = options.Brokers is > 1
                ? throw Usage($"{options.Brokers} brokers in embedded mode: it is one; for more use --mode kraft or zookeeper, with Apache Kafka")
                : [only];
            notes.Add($"embedded mode is one broker: it listens on {only}, and the other addresses that are configured stay without one");
        }

        var advertise = options.Advertise ?? state?.Advertise;
        var files = options.BrokerProperties.Count > 0 ? options.BrokerProperties : state?.BrokerProperties ?? [];
        var anonymous = AnonymousListener.Decide(options, addresses, advertise);
        var brokers = addresses.Select((listen, id) => new BrokerPlan(
            id, listen, Advertised(listen, advertise), id < files.Count ? Path.GetFullPath(files[id]) : null, anonymous.ElementAtOrDefault(id))).ToArray();
        var zooKeeper = mode == ClusterMode.ZooKeeper ? ZooKeeperAddress(options, state) : null;
        RequireDistinct([.. addresses, .. anonymous.Select(listener => listener.Listen), .. zooKeeper is null ? Array.Empty<HostPort>() : [zooKeeper]]);
        return new ClusterPlan(mode, home, brokers, zooKeeper, advertise, options.DistributionTopic ?? state?.DistributionTopic) { Notes = notes };
    }

    /// <summary>What of it a cluster that runs already is not, and how to get it; empty where it is what was asked for.</summary>
    public IReadOnlyList<string> Unheeded(ClusterOptions options, ClusterState running)
    {
        string[] listen = [.. Brokers.Select(broker => broker.Listen.ToString())];
        string[] files = [.. Brokers.Select(broker => broker.BaseProperties).OfType<string>()];
        (bool Differs, string What)[] all =
        [
            (!listen.SequenceEqual(running.Brokers), $"--listen {string.Join(',', listen)} (it listens on {string.Join(',', running.Brokers)})"),
            (Advertise != running.Advertise, $"--advertise {Advertise}"),
            (options.TlsCertificate is not null || options.TlsKey is not null, "--tls-cert and --tls-key"),
            (ZooKeeper?.ToString() != running.ZooKeeper, $"ZooKeeper on {ZooKeeper}"),
            (Home?.Path != running.KafkaHome, $"Apache Kafka of {Home?.Path}"),
            (!files.SequenceEqual(running.BrokerProperties), $"the broker properties of {string.Join(',', files)}"),
            (DistributionTopic != running.DistributionTopic, $"the distribution topic {DistributionTopic}"),
            (AnonymousServers.Count > 0 && !AnonymousServers.SequenceEqual(running.AnonymousServers), $"--anonymous-read on {string.Join(',', AnonymousServers)}"),
        ];
        string[] unheeded = [.. all.Where(one => one.Differs).Select(one => one.What)];
        List<string> notes = [];
        if (unheeded.Length > 0)
        {
            notes.Add($"not heeded, as the cluster runs without: {string.Join("; ", unheeded)}. 'fink-kafka stop' first, then start it again so");
        }

        if (AnonymousServers.Count == 0 && running.AnonymousServers.Count > 0)
        {
            notes.Add(
                $"anybody reads alerts without a login on {string.Join(',', running.AnonymousServers)}, as the cluster was started with --anonymous-read: "
                + "'fink-kafka stop' first, then start it again without");
        }

        return notes;
    }

    /// <summary>What a start of a cluster that does not run changes for clients that do not log in; empty where nothing does and nobody may.</summary>
    public IReadOnlyList<string> AnonymousNotes(ClusterState? before) => AnonymousServers.Count > 0
        ? [$"anybody reads alerts without a login on {string.Join(',', AnonymousServers)}, in any group that is not closed to ANONYMOUS, and does nothing else"]
        : before is { AnonymousServers.Count: > 0 }
            ? [$"nobody reads without a login any more, as on {string.Join(',', before.AnonymousServers)} before: start with --anonymous-read lets them in"]
            : [];

    private static (ClusterMode Mode, KafkaHome? Home) Choose(ClusterOptions options, ClusterState? state, Func<string, string?> environment)
    {
        if ((options.Mode ?? state?.Mode) == ClusterMode.Embedded)
        {
            return (ClusterMode.Embedded, null);
        }

        var home = KafkaHome.Find(options.KafkaHome, state?.KafkaHome, environment);
        if ((options.Mode ?? state?.Mode) is not { } asked)
        {
            return home is null ? (ClusterMode.Embedded, null) : (home.HasZooKeeper ? ClusterMode.ZooKeeper : ClusterMode.Kraft, home);
        }

        home ??= KafkaHome.Missing(asked);
        RequireSupport(home, asked);
        return (asked, home);
    }

    private static void RequireSupport(KafkaHome home, ClusterMode mode)
    {
        if (mode == ClusterMode.ZooKeeper && !home.HasZooKeeper)
        {
            throw new ClusterException(
                ClusterErrorKind.Failed,
                $"{home.Path} (Apache Kafka {home.Version}) has no bin/zookeeper-server-start.sh: zookeeper mode needs Apache Kafka 3.9 or older; use --mode kraft, or another KAFKA_HOME");
        }

        if (mode == ClusterMode.Kraft && home.Version < new Version(3, 3))
        {
            throw new ClusterException(
                ClusterErrorKind.Failed,
                $"{home.Path} is Apache Kafka {home.Version}: kraft mode needs 3.3 or newer; use --mode zookeeper, or another KAFKA_HOME");
        }
    }

    private static List<HostPort> Addresses(ClusterOptions options, ClusterState? state, ClusterMode mode)
    {
        var remembered = state?.Brokers.Select(HostPort.Parse).ToList() ?? [];
        if (options.Brokers is < 1)
        {
            throw Usage($"{options.Brokers} brokers make no cluster: --brokers needs at least 1");
        }

        List<HostPort> addresses;
        if (options.BrokerAddresses.Count > 0)
        {
            addresses = [.. options.BrokerAddresses];
        }
        else
        {
            var count = options.Brokers ?? (remembered.Count > 0 ? remembered.Count : mode == ClusterMode.ZooKeeper ? DefaultZooKeeperBrokers : 1);
            var first = options.Listen ?? remembered.FirstOrDefault() ?? Prerequisites.DefaultListen;
            addresses = [.. Enumerable.Range(0, count).Select(id =>
                options.Listen is null && id < remembered.Count ? remembered[id] : first with { Port = first.Port + id })];
        }

        if (addresses.Count < remembered.Count)
        {
            throw Usage($"the cluster has {remembered.Count} brokers and their data: it can grow, but not shrink to {addresses.Count}");
        }

        return addresses.Find(address => address.Port > 65535) is { } tooHigh
            ? throw Usage($"there is no port {tooHigh.Port}: broker i listens on the first port + i")
            : addresses;
    }

    private static string ClientHostOf(IReadOnlyList<HostPort> listeners) => !listeners.All(listen => listen.IsLoopback)
        ? "*"
        : listeners[0].Host.Contains(':') ? "0:0:0:0:0:0:0:1" : "127.0.0.1";

    /// <exception cref="ClusterException">No client could connect to it by that name.</exception>
    internal static HostPort Advertised(HostPort listen, string? advertise)
    {
        if (advertise is not null)
        {
            return Uri.CheckHostName(advertise) != UriHostNameType.Unknown && !new HostPort(advertise, listen.Port).IsWildcard
                ? listen with { Host = advertise }
                : throw Usage($"'{advertise}' is not a name that clients could connect to: give a host name or an address with --advertise");
        }

        return listen.IsWildcard
            ? throw Usage($"{listen} stands for every address of this machine: name the one that clients connect to with --advertise HOST")
            : listen;
    }

    private static HostPort ZooKeeperAddress(ClusterOptions options, ClusterState? state)
    {
        var address = options.ZooKeeper ?? (state?.ZooKeeper is { } remembered ? HostPort.Parse(remembered) : DefaultZooKeeper);
        return address.IsLoopback
            ? address
            : throw Usage($"ZooKeeper on {address}: it serves this machine's brokers only; give a loopback address, for example 127.0.0.1:{address.Port}");
    }

    private static void RequireDistinct(IReadOnlyList<HostPort> addresses)
    {
        if (addresses.GroupBy(address => address.Port).FirstOrDefault(same => same.Count() > 1) is { } clash)
        {
            throw Usage($"port {clash.Key} is asked for by several processes: {string.Join(", ", clash)}");
        }
    }

    private static ClusterException Usage(string message) => new(ClusterErrorKind.Usage, message);
}
