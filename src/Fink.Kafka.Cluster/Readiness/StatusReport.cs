using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Readiness;

/// <summary>Looks at the processes of a data folder, and asks the brokers as a client.</summary>
internal sealed class StatusReport(DataFolder folder, ClusterState state, ClusterDescription description, TimeProvider time)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    public async Task<ClusterStatus> MakeAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var records = folder.LoadProcesses();
        var login = BrokerLogin.Admin(folder.Layout);
        var probe = new BrokerProbe(login, time);
        var addresses = description.BootstrapServers.Split(',').Select(HostPort.Parse).ToArray();
        List<ProcessStatus> processes = [];
        List<string> problems = [];
        if (state.ZooKeeper is { } zooKeeper)
        {
            var isUp = await PortProbe.ListensAsync(HostPort.Parse(zooKeeper), cancellationToken).ConfigureAwait(false);
            Add("zookeeper", zooKeeper, isUp ? null : $"nothing listens on {zooKeeper}");
        }

        for (var id = 0; id < state.Brokers.Count; id++)
        {
            var answer = await probe.AskAsync(addresses[id], addresses.Length, timeout ?? DefaultTimeout, cancellationToken).ConfigureAwait(false);
            Add($"broker-{id}", state.Brokers[id], answer.Problem);
        }

        var leaders = problems.Count == 0 ? await LeadersAsync().ConfigureAwait(false) : null;
        return new ClusterStatus(description, problems.Count == 0, problems.FirstOrDefault(), DiskUse.Below(description.DataDir), processes)
        {
            Leaders = leaders,
        };

        async Task<LeaderView?> LeadersAsync()
        {
            using var admin = new KafkaAdmin(new KafkaConnection(description.BootstrapServers, login, timeout ?? DefaultTimeout), time);
            try
            {
                return await admin.Cluster.LeadersAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (KafkaOperationException e)
            {
                problems.Add(e.Message);
                return null;
            }
        }

        void Add(string name, string listener, string? problem)
        {
            var record = records.FirstOrDefault(record => record.Name == name);
            var runs = record is not null && ServerProcess.Runs(record);
            problem = runs ? problem : $"{name} does not run";
            processes.Add(new ProcessStatus(
                name, runs ? record!.ProcessId : null, runs ? record!.Started : null, listener, state.KafkaVersion,
                DiskUse.Below(folder.Layout.ProcessDataDir(name)), problem is null, folder.Layout.LogFile(name)));
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }
    }
}
