using Fink.Cli.Terminals;
using Fink.Kafka;

namespace Fink.Cli.Completions;

/// <summary>Asks the cluster that the line names, for as long as somebody who pressed a key likes to wait.</summary>
/// <param name="words">The words before the cursor: they may say which cluster, and who asks.</param>
internal sealed class LiveNames(CommandTree tree, IReadOnlyList<string> words, Surroundings surroundings, TimeSpan patience)
{
    /// <summary>None where the cluster does not answer, refuses, or is not named: a shell has no place for an error.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(NameKind kind, CancellationToken cancellationToken)
    {
        try
        {
            // The patience is with the cluster, not with this machine.
            ClientLibrary.Load();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(patience);
            return await Task.Run(() => AskAsync(kind, limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(NameKind kind, CancellationToken cancellationToken)
    {
        var silent = new Terminal { In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null };
        var run = new Invocation(tree.Root.Parse(words), tree.Globals, surroundings with { Terminal = silent }, cancellationToken);
        var connection = run.Cluster.Connect("admin") with { Timeout = patience };
        using var admin = new KafkaAdmin(connection, run.Time);
        return kind switch
        {
            NameKind.Topic => await admin.Topics.ListAsync(includeInternal: false, cancellationToken),
            NameKind.User => [.. (await admin.Users.ListAsync(cancellationToken)).Select(user => user.Name)],
            _ => [.. (await admin.Groups.ListAsync(cancellationToken)).Select(group => group.Name)],
        };
    }
}
