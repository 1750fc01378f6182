namespace Fink.Fuzz;

/// <summary>Several clients send spoiled requests, and a good one works beside them.</summary>
/// <param name="endpoints">The first is for the good client, too, which must be allowed everything there.</param>
/// <param name="requests">What is spoiled: <see cref="GoldenRequests"/>.</param>
public sealed class FuzzRun(IReadOnlyList<(string Host, int Port)> endpoints, IReadOnlyList<byte[]> requests, int seed)
{
    /// <summary>At each endpoint: most of the time one waits for an answer that does not come.</summary>
    private const int Clients = 6;

    private int _sendings;

    public FuzzTally Tally { get; } = new();

    /// <summary>Each request in each way, again and again, until it is cancelled or the rounds are over.</summary>
    public async Task SendAsync(int rounds, CancellationToken cancellationToken)
    {
        // Other nonsense each time.
        var first = seed + (_sendings++ * endpoints.Count * Clients);
        var clients = endpoints.SelectMany((endpoint, at) => Enumerable.Range(0, Clients).Select(client =>
            SendAllAsync(endpoint.Host, endpoint.Port, ShareOf(client), rounds, first + (at * Clients) + client, cancellationToken)));
        await Task.WhenAll(clients);
    }

    /// <summary>Messages there and back while the task runs.</summary>
    public static async Task WorkUntilAsync(GoodClient good, Task ends)
    {
        do
        {
            await good.WorkAsync();
        }
        while (!ends.IsCompleted);
        await ends;
    }

    private IEnumerable<byte[]> ShareOf(int client) => requests.Where((_, index) => index % Clients == client);

    private async Task SendAllAsync(
        string host, int port, IEnumerable<byte[]> share, int rounds, int ownSeed, CancellationToken cancellationToken)
    {
        var mutator = new FrameMutator(ownSeed);
        using var client = new FuzzClient(host, port, Tally);
        for (var round = 0; round < rounds; round++)
        {
            for (var kind = 0; kind < FrameMutator.Kinds; kind++)
            {
                foreach (var request in share)
                {
                    if (cancellationToken.IsCancellationRequested) return;
                    await client.SendAsync(mutator.Spoil(request, kind), cancellationToken: default);
                }
            }
        }
    }
}
