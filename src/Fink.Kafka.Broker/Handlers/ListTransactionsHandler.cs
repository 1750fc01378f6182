using System.Collections.Frozen;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Handlers;

/// <summary>There are none yet. States that Kafka does not know are told.</summary>
internal sealed class ListTransactionsHandler : IRequestHandler<ListTransactionsRequest, ListTransactionsResponse>
{
    private static readonly FrozenSet<string> States =
    [
        "Empty", "Ongoing", "PrepareCommit", "PrepareAbort", "CompleteCommit", "CompleteAbort", "Dead", "PrepareEpochFence",
    ];

    public ValueTask<ListTransactionsResponse?> HandleAsync(
        ListTransactionsRequest request, RequestContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ListTransactionsResponse?>(
            new() { UnknownStateFilters = [.. request.StateFilters.Where(state => !States.Contains(state))] });
}
