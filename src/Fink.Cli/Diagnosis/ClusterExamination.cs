using System.Net;
using System.Net.Sockets;
using Fink.Kafka;
using Fink.Kafka.Cluster;

namespace Fink.Cli.Diagnosis;

/// <summary>From this machine to the cluster that commands would speak to: names, sockets, the login, its clock.</summary>
internal sealed class ClusterExamination(KafkaConnection connection, TimeProvider time)
{
    private static readonly TimeSpan LargestSkew = TimeSpan.FromSeconds(10);

    private TimeSpan Patience => connection.Timeout < TimeSpan.FromSeconds(5) ? connection.Timeout : TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        List<HostPort> addresses;
        try
        {
            addresses = [.. connection.BootstrapServers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(HostPort.Parse)];
        }
        catch (ClusterException error)
        {
            return [Finding.Missing("address", error.Message, "give --bootstrap-server HOST:PORT[,HOST:PORT…]")];
        }

        var reached = await ReachAsync(addresses, findings, cancellationToken);
        if (reached == 0)
        {
            findings.Add(Finding.Skipped("login", "no broker is reachable"));
            return findings;
        }

        await LogInAsync(addresses, findings, cancellationToken);
        return findings;
    }

    /// <returns>How many take a connection.</returns>
    private async Task<int> ReachAsync(IReadOnlyList<HostPort> addresses, List<Finding> findings, CancellationToken cancellationToken)
    {
        var reached = 0;
        foreach (var address in addresses)
        {
            var finding = await ResolveAsync(address, cancellationToken) ?? await ConnectAsync(address, cancellationToken);
            reached += finding.State == FindingState.Ok ? 1 : 0;
            findings.Add(finding);
        }

        // One that answers is enough for a client to find the others.
        if (reached > 0)
        {
            findings.AddRange(findings.Where(finding => finding.State == FindingState.Missing).Select(finding => finding with { State = FindingState.Warning }).ToList());
            findings.RemoveAll(finding => finding.State == FindingState.Missing);
        }

        return reached;
    }

    /// <returns>Null where the name has an address.</returns>
    private static async Task<Finding?> ResolveAsync(HostPort address, CancellationToken cancellationToken)
    {
        try
        {
            var found = await Dns.GetHostAddressesAsync(address.Host, cancellationToken);
            return found.Length > 0 ? null : Unknown("it has no address");
        }
        catch (SocketException error)
        {
            return Unknown(error.Message);
        }

        Finding Unknown(string why) => Finding.Missing(
            "address", $"{address.Host} cannot be resolved: {why}", "check the name, /etc/hosts and DNS; a broker that advertises it is started with --advertise");
    }

    private async Task<Finding> ConnectAsync(HostPort address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return Finding.Ok("reach", $"{address} takes a connection");
        }
        catch (SocketException error)
        {
            return Finding.Missing("reach", $"{address}: {error.Message}", "start the cluster (fink-kafka start), or check the address and the firewall");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Missing("reach", $"{address}: no answer in {Patience.TotalSeconds:0.#} s", "check the address and the firewall");
        }
    }

    private async Task LogInAsync(IReadOnlyList<HostPort> bootstrap, List<Finding> findings, CancellationToken cancellationToken)
    {
        var who = connection.Properties.User is { } user ? $"{user} ({connection.Properties.Mechanism})" : "nobody (no SASL)";
        using var admin = new KafkaAdmin(connection, time);
        try
        {
            var view = await admin.Cluster.DescribeAsync(cancellationToken);
            findings.Add(Finding.Ok("login", $"as {who}: {view.Brokers.Count} {(view.Brokers.Count == 1 ? "broker" : "brokers")}"));
            var others = view.Brokers.Select(broker => new HostPort(broker.Host, broker.Port)).Except(bootstrap).ToList();
            var advertised = new List<Finding>();
            await ReachAsync(others, advertised, cancellationToken);
            findings.AddRange(advertised.Select(finding => finding with { Check = "advertised" }));
            findings.Add(PartitionsOf(await admin.Cluster.LeadersAsync(cancellationToken)));
            findings.Add(ClockOf(await admin.Cluster.NewestRecordAsync(cancellationToken)));
        }
        catch (KafkaOperationException error)
        {
            findings.Add(Finding.Missing("login", $"as {who}: {error.Message.Split('\n')[0]}", error.Kind switch
            {
                FailureKind.AuthenticationFailed => "check the user and its password: fink-kafka user verify USER, as an admin",
                FailureKind.TlsFailed => "check security.protocol and the certificates of the properties",
                FailureKind.Denied => "an admin gives the right: fink-kafka acl add",
                _ => "check security.protocol: a listener with SASL or TLS does not answer a client without",
            }));
        }
    }

    internal static Finding PartitionsOf(LeaderView leaders) => leaders.WithoutLeader.Count == 0
        ? Finding.Ok("partitions", $"each of {leaders.Partitions} has a leader")
        : Finding.Missing(
            "partitions",
            $"{leaders.Summary}: nobody can write or read there",
            "start the brokers that are down; where none is, the broker's log says what is wrong with the partition's files and what to do");

    internal Finding ClockOf(NewestRecord? newest)
    {
        if (newest is null)
        {
            return Finding.Skipped("skew", "no record to compare the clock with: Kafka tells its time in no other way");
        }

        var ahead = newest.Time - time.GetUtcNow();
        return ahead > LargestSkew
            ? Finding.Warning("skew", $"the newest record of {newest.Topic} is {ahead.TotalSeconds:0} s in the future", "this clock is behind, or its producer's ahead: set both by NTP")
            : Finding.Ok("skew", "no record is from the future");
    }
}
