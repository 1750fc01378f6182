namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// Kafka's <c>queued.max.request.bytes</c>: what large requests hold in memory, all connections together. A request is let in while
/// anything is left, however large it is, so that none waits for ever. First come, first served.
/// </summary>
/// <param name="limit">Null for none.</param>
internal sealed class MemoryBudget(long? limit)
{
    /// <summary>Smaller requests are not counted: those that wait long in the broker, for data or for a group, are small.</summary>
    public const int Uncounted = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private long _left = limit ?? long.MaxValue;

    /// <summary>Completes when the bytes may be held. Whoever has entered leaves with the same number.</summary>
    public Task EnterAsync(int bytes, CancellationToken cancellationToken)
    {
        if (limit is null || bytes <= Uncounted) return Task.CompletedTask;

        LinkedListNode<Waiter> node;
        lock (_gate)
        {
            if (_left > 0 && _waiting.Count == 0)
            {
                _left -= bytes;
                return Task.CompletedTask;
            }

            node = _waiting.AddLast(new Waiter(bytes));
        }

        return WaitAsync(node, cancellationToken);
    }

    public void Leave(int bytes)
    {
        if (limit is null || bytes <= Uncounted) return;

        lock (_gate)
        {
            _left += bytes;
            LetIn();
        }
    }

    private async Task WaitAsync(LinkedListNode<Waiter> node, CancellationToken cancellationToken)
    {
        await using var abandoned = cancellationToken.UnsafeRegister(
            _ =>
            {
                lock (_gate)
                {
                    if (node.List is null) return;
                    _waiting.Remove(node);
                    LetIn();
                }

                node.Value.Entered.SetCanceled(cancellationToken);
            },
            null);
        await node.Value.Entered.Task;
    }

    private void LetIn()
    {
        while (_left > 0 && _waiting.First is { } next)
        {
            _waiting.RemoveFirst();
            _left -= next.Value.Bytes;
            next.Value.Entered.SetResult();
        }
    }

    private sealed record Waiter(int Bytes)
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
