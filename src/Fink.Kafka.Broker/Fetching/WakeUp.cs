using System.Threading.Tasks.Sources;

namespace Fink.Kafka.Broker.Fetching;

/// <summary>
/// Wakes one waiter. Calls that come before the waiter does are one call; neither calling nor waiting allocates.
/// </summary>
internal sealed class WakeUp : IValueTaskSource
{
    private readonly Lock _state = new();
    private ManualResetValueTaskSourceCore<bool> _waiter = new() { RunContinuationsAsynchronously = true };
    private bool _isCalled;
    private bool _isAwaited;

    public void Call()
    {
        lock (_state)
        {
            if (!_isAwaited)
            {
                _isCalled = true;
                return;
            }

            _isAwaited = false;
        }

        _waiter.SetResult(true);
    }

    /// <summary>Not again before the last one is awaited.</summary>
    public ValueTask NextAsync()
    {
        lock (_state)
        {
            if (_isCalled)
            {
                _isCalled = false;
                return ValueTask.CompletedTask;
            }

            _waiter.Reset();
            _isAwaited = true;
            return new ValueTask(this, _waiter.Version);
        }
    }

    void IValueTaskSource.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);
}
