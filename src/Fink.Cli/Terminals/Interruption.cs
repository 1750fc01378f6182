using System.Runtime.InteropServices;

namespace Fink.Cli.Terminals;

/// <summary>Ctrl-C, SIGTERM and, where the terminal goes away, SIGHUP: the first asks the command to end cleanly, a second one ends the process at once, as by default.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _hangUp;
    private int? _signalled;

    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, Cli.ExitCode.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, Cli.ExitCode.Terminated));
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Stop(context, Cli.ExitCode.HungUp));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Null while there was no signal.</summary>
    public int? ExitCode => _signalled == Cli.ExitCode.Terminated && IsServer ? null : _signalled;

    /// <summary>The command runs until somebody ends it: SIGTERM is how one does, and no failure.</summary>
    public bool IsServer { get; set; }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _hangUp.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int code)
    {
        context.Cancel = _signalled is null;
        _signalled ??= code;
        _source.Cancel();
    }
}
