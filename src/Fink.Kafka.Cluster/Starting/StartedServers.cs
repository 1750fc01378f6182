using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Starting;

/// <summary>The processes of one start, on record from the moment they run.</summary>
internal sealed class StartedServers(DataFolder folder, TimeProvider time, IProgress<string>? progress)
{
    private static readonly TimeSpan GraceAfterFailure = TimeSpan.FromSeconds(5);

    private readonly ClusterLayout _layout = folder.Layout;
    private readonly List<ProcessRecord> _running = [];
    private readonly Dictionary<string, ServerCommand> _commands = [];

    public IReadOnlyList<ProcessRecord> Running => _running;

    public void Start(string name, string listener, ServerCommand command)
    {
        // The last words of this start must not be those of an earlier one.
        File.Delete(_layout.LogFile(name));
        File.Delete(_layout.OutputFile(name));
        _running.RemoveAll(server => server.Name == name);
        _running.Add(ServerProcess.Start(name, command, _layout.OutputFile(name), listener, time));
        _commands[name] = command;
        folder.SaveProcesses(_running);
    }

    public void Restart(ProcessRecord server) => Start(server.Name, server.Listener, _commands[server.Name]);

    /// <summary>After a start that failed.</summary>
    public async Task StopAsync()
    {
        progress?.Report("stopping what was started");
        var stopper = new ServerStopper(time);
        var left = new List<ProcessRecord>();
        foreach (var server in Enumerable.Reverse(_running))
        {
            try
            {
                await stopper.StopAsync(server, GraceAfterFailure, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ClusterException e)
            {
                // The failure that led here is what the user must hear first; what outlives a kill stays on record for 'stop'.
                progress?.Report(e.Message);
                left.Insert(0, server);
            }
        }

        folder.SaveProcesses(left);
    }
}
