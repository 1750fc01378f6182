namespace Fink.Cli;

/// <summary>What the shell gets; the original's syntax has its own, see <see cref="Legacy.LegacyExitCode"/>.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    /// <summary>The command line, a configuration file or a rule is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>What was asserted is not so.</summary>
    public const int AssertionFailed = 3;

    /// <summary>No broker answered, or not in time.</summary>
    public const int Unreachable = 4;

    /// <summary>The cluster refused who asks, or what is asked.</summary>
    public const int Refused = 5;

    /// <summary>The terminal went away.</summary>
    public const int HungUp = 129;

    public const int Interrupted = 130;

    /// <summary>The reader of our output went away, as in <c>fink-kafka … | head</c>.</summary>
    public const int BrokenPipe = 141;

    public const int Terminated = 143;
}
