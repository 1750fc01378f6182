namespace Fink.Cli.Diagnosis;

internal enum FindingState
{
    Ok,

    /// <summary>A run works, but not as it should.</summary>
    Warning,

    /// <summary>A run that needs it fails.</summary>
    Missing,

    /// <summary>Not looked at; what was found says why.</summary>
    Skipped,
}

/// <summary>What one look found.</summary>
/// <param name="Found">Never a secret.</param>
/// <param name="Advice">What to do about it; empty where nothing is to be done.</param>
internal sealed record Finding(string Check, FindingState State, string Found, string Advice = "")
{
    public static Finding Ok(string check, string found) => new(check, FindingState.Ok, found);

    public static Finding Warning(string check, string found, string advice) => new(check, FindingState.Warning, found, advice);

    public static Finding Missing(string check, string found, string advice) => new(check, FindingState.Missing, found, advice);

    public static Finding Skipped(string check, string why) => new(check, FindingState.Skipped, why);
}
