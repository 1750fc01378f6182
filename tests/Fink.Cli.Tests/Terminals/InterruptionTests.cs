using System.Runtime.InteropServices;
using Fink.Cli.Terminals;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Cli.Tests.Terminals;

public sealed class InterruptionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Interruption _interruption;

    public InterruptionTests() => _interruption = new Interruption(_time);

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public void The_first_signal_asks_for_a_clean_end_and_is_the_exit_code(PosixSignal signal, int exitCode)
    {
        Assert.Null(_interruption.ExitCode);

        Assert.True(_interruption.Takes(signal));

        Assert.True(_interruption.Token.IsCancellationRequested);
        Assert.Equal(exitCode, _interruption.ExitCode);
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGHUP)]
    public void A_signal_behind_SIGTERM_never_cuts_the_end_short(PosixSignal second)
    {
        _interruption.IsServer = true;
        Assert.True(_interruption.Takes(PosixSignal.SIGTERM));

        Assert.True(_interruption.Takes(second));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(_interruption.Takes(second));

        Assert.Null(_interruption.ExitCode);
    }

    [Fact]
    public void Only_Ctrl_C_after_some_patience_ends_the_process_at_once()
    {
        Assert.True(_interruption.Takes(PosixSignal.SIGTERM));
        Assert.True(_interruption.Takes(PosixSignal.SIGINT));

        _time.Advance(Interruption.Patience);

        Assert.True(_interruption.Takes(PosixSignal.SIGTERM));
        Assert.False(_interruption.Takes(PosixSignal.SIGINT));
    }

    public void Dispose() => _interruption.Dispose();
}
