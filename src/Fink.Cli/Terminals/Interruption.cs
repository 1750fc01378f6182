using System.Runtime.InteropServices;

namespace Fink.Cli.Terminals;

/// <summary>
/// Ctrl-C, SIGTERM and, where the terminal goes away, SIGHUP: the first asks the command to end cleanly. None behind it cuts that end
/// short, as supervisors and <c>timeout</c> send several at once; only who presses Ctrl-C again <see cref="Patience"/> later ends the
/// process, as by default.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>A person waits as long before a second Ctrl-C means that the end takes too long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();
    private readonly TimeProvider _time;
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _lock = new();
    private (int ExitCode, long Since)? _first;

    public Interruption(TimeProvider time)
    {
        _time = time;
        _registrations = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            .Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = Takes(context.Signal)))];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Null while there was no signal.</summary>
    public int? ExitCode
    {
        get
        {
            lock (_lock)
            {
                return _first?.ExitCode == Cli.ExitCode.Terminated && IsServer ? null : _first?.ExitCode;
            }
        }
    }

    /// <summary>The command runs until somebody ends it: SIGTERM is how one does, and no failure.</summary>
    public bool IsServer { get; set; }

    /// <summary>Whether the signal is dealt with; the system ends the process otherwise.</summary>
    internal bool Takes(PosixSignal signal)
    {
        // The runtime tells of signals that come together on several threads.
        lock (_lock)
        {
            if (_first is { } first)
            {
                return signal != PosixSignal.SIGINT || _time.GetElapsedTime(first.Since) < Patience;
            }

            var exitCode = signal switch
            {
                PosixSignal.SIGINT => Cli.ExitCode.Interrupted,
                PosixSignal.SIGTERM => Cli.ExitCode.Terminated,
                _ => Cli.ExitCode.HungUp,
            };
            _first = (exitCode, _time.GetTimestamp());
        }

        _source.Cancel();
        return true;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }
}
