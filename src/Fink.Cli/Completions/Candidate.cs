namespace Fink.Cli.Completions;

/// <summary>A word that could stand at the cursor.</summary>
/// <param name="About">What shells that show more than the word show beside it; may be empty.</param>
internal readonly record struct Candidate(string Word, string About)
{
    /// <summary>Stands for all files: shells find them better themselves.</summary>
    public static Candidate Files { get; } = new(":files", "");
}
