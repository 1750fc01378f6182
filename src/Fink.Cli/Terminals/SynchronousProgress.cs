namespace Fink.Cli.Terminals;

/// <summary>Progress that is handled where it is reported: <see cref="Progress{T}"/> would mix up the order.</summary>
internal sealed class SynchronousProgress<T>(Action<T> handle) : IProgress<T>
{
    private readonly Lock _lock = new();

    public void Report(T value)
    {
        lock (_lock)
        {
            handle(value);
        }
    }
}
