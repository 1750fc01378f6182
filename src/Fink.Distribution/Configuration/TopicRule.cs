namespace Fink.Distribution.Configuration;

/// <summary>Which alerts a rule takes, what of each it sends, and to where.</summary>
public abstract record TopicRule
{
    /// <summary>Where the rule starts in its file.</summary>
    public required FilePosition Position { get; init; }

    /// <summary>The alerts that the rule takes, or null for every alert.</summary>
    public Condition? Where { get; init; }

    public Projection Projection { get; init; } = Projection.Everything;

    /// <summary>Settings of the topics that the rule makes; the file's defaults are already in here.</summary>
    public TopicSettings Settings { get; init; } = new();

    /// <summary>The rule's name in messages, headers and summaries.</summary>
    public abstract string Label { get; }
}

/// <summary>A rule that fills the one topic <see cref="Name"/>.</summary>
public sealed record NamedTopicRule : TopicRule
{
    public required string Name { get; init; }

    public override string Label => Name;
}

/// <summary>
/// A rule that fills one topic for each value of a column: prefix + the value's letters in lower case + suffix.
/// A null value, or one without letters, gives no topic.
/// </summary>
public sealed record ClassTopicRule : TopicRule
{
    /// <summary>Dotted path of the column that holds the class.</summary>
    public required string By { get; init; }

    public string Prefix { get; init; } = "";

    public string Suffix { get; init; } = "";

    /// <summary>Values of the column that get no topic, compared exactly.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    public override string Label => $"by {By}";

    /// <summary>Whether a class could have this topic.</summary>
    public bool CanGive(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic.Length > Prefix.Length + Suffix.Length
            && topic.StartsWith(Prefix, StringComparison.Ordinal)
            && topic.EndsWith(Suffix, StringComparison.Ordinal)
            && topic[Prefix.Length..^Suffix.Length].All(char.IsAsciiLetterLower);
    }
}
