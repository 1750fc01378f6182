using Fink.Kafka.Cluster.Processes;
using Fink.Kafka.Cluster.Storage;
using Fink.Kafka.Properties;

namespace Fink.Kafka.Cluster.Readiness;

/// <summary>Waits for servers that are starting, and notices at once when one of them dies.</summary>
internal sealed class ReadinessWatch(ClusterLayout layout, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether a broker that was last asked did not let the login in.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>Until the condition gives null (it says what is still missing otherwise).</summary>
    /// <param name="revive">Whether a server that died was started again.</param>
    /// <exception cref="ClusterException">A server died, or the time is over.</exception>
    public async Task UntilAsync(
        Func<CancellationToken, Task<string?>> missing, IReadOnlyList<ProcessRecord> servers,
        Func<ProcessRecord, CancellationToken, Task<bool>> revive, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (await missing(cancellationToken).ConfigureAwait(false) is { } lacking)
        {
            foreach (var server in servers.Where(server => !ServerProcess.Runs(server)).ToArray())
            {
                if (!await revive(server, cancellationToken).ConfigureAwait(false))
                {
                    throw Died(server);
                }
            }

            if (time.GetElapsedTime(since) > patience)
            {
                throw new ClusterException(
                    ClusterErrorKind.TimedOut,
                    $"the cluster was not ready after {patience.TotalSeconds:0} s ({lacking}); its logs are in {layout.LogsDir}");
            }

            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null when every broker answers and knows a controller and all the others; else what is missing.</summary>
    public async Task<string?> MissingAsync(
        IReadOnlyList<HostPort> brokers, ClientProperties login, bool refusedIsReady, CancellationToken cancellationToken)
    {
        var probe = new BrokerProbe(login, time);
        WasRefused = false;
        foreach (var broker in brokers)
        {
            var answer = await probe.AskAsync(broker, brokers.Count, AnswerTimeout, cancellationToken).ConfigureAwait(false);
            WasRefused |= answer.Refused;
            if (answer.Problem is not null && !(answer.Refused && refusedIsReady))
            {
                return answer.Problem;
            }
        }

        return null;
    }

    private ClusterException Died(ProcessRecord server)
    {
        // One that could not even open its log has written to its output at most.
        var log = ((string[])[layout.LogFile(server.Name), layout.OutputFile(server.Name)])
            .FirstOrDefault(file => new FileInfo(file) is { Exists: true, Length: > 0 });
        return new ClusterException(
            ClusterErrorKind.Failed, $"{server.Name} ended while it was starting{(log is null ? ", and said nothing" : $"; its log is {log}")}")
        {
            LogLines = LastWords.Of(layout, server.Name),
        };
    }
}
