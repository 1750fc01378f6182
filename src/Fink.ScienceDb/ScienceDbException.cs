namespace Fink.ScienceDb;

/// <summary>The science database could not be read. The message names the file or column, the reason and the way out.</summary>
public class ScienceDbException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A file that cannot be used: truncated, not Parquet, vanished, unreadable. Other files are not concerned.</summary>
public sealed class UnreadableFileException(string file, string reason, Exception? inner = null)
    : ScienceDbException($"{file}: {reason}", inner)
{
    /// <summary>The file as it was named: relative to its source.</summary>
    public string File { get; } = file;

    public string Reason { get; } = reason;
}

/// <summary>A rule that the science database refuses: an unknown column, a wrong type, more than one expression.</summary>
public sealed class RuleException(string rule, string reason) : ScienceDbException($"rule of {rule}: {reason}")
{
    /// <summary>The topic or class column that the rule belongs to.</summary>
    public string Rule { get; } = rule;

    public string Reason { get; } = reason;
}
