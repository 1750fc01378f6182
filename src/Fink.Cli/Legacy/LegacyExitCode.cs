namespace Fink.Cli.Legacy;

/// <summary>The exit codes of the original script, which cron jobs and CI know.</summary>
internal static class LegacyExitCode
{
    public const int Failed = 1;

    public const int TooFewArguments = 2;

    public const int MissingValue = 3;

    public const int UnknownLetter = 4;

    public const int MissingUserOrPassword = 5;

    public const int BadCombination = 6;

    public const int NoGroup = 7;
}
