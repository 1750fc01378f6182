namespace Fink.Cli.Output;

/// <param name="IsNumber">Set to the right, so that digits stand below each other.</param>
internal readonly record struct Heading(string Text, bool IsNumber = false)
{
    public static implicit operator Heading(string text) => new(text);

    public static Heading Number(string text) => new(text, IsNumber: true);
}

/// <summary>Rows of text below headings.</summary>
internal sealed record Table(IReadOnlyList<Heading> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The same in fewer columns, for a terminal on which these have no room.</summary>
    public Table? Narrow { get; init; }

    /// <summary>Said instead of the headings where a person looks at no rows.</summary>
    public string? WhenEmpty { get; init; }
}
