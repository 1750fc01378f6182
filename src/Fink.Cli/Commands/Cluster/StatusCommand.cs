namespace Fink.Cli.Commands.Cluster;

internal static class StatusCommand
{
    public static Verb Create() => new(
        "status",
        "Say whether the cluster of the data folder is ready (exit 0) or not (exit 1), process by process",
        RunAsync,
        "status",
        "status -o json --data-dir /var/lib/fink-kafka");

    private static async Task<int> RunAsync(Invocation run)
    {
        var local = run.Cluster.Local;
        var status = await local.StatusAsync(run.Settings.Timeout.IsDefault ? null : run.Cluster.Timeout, run.Cancellation);
        run.Renderer.Write(ClusterResult.Of(status, local.Layout.DataDir));
        if (!status.IsReady)
        {
            run.Note($"not ready: {status.Problem ?? $"no cluster was started in {local.Layout.DataDir}"}");
        }

        if (status.Leaders is { WithoutLeader.Count: > 0 } leaders)
        {
            run.Note($"warning: {leaders.Summary}: nobody can write or read there; the brokers' logs say why");
        }

        return status.IsReady ? ExitCode.Done : ExitCode.Failed;
    }
}
