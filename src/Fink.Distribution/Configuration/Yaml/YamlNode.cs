namespace Fink.Distribution.Configuration.Yaml;

/// <summary>A value of a YAML document with its place, so that a mistake in it can be shown to its writer.</summary>
internal abstract record YamlNode(FilePosition Position)
{
    /// <summary>What the value is, in words for a message.</summary>
    public abstract string Kind { get; }
}

/// <param name="IsPlain">Whether it stands without quotes, so that a number or null can be meant.</param>
internal sealed record YamlScalar(string Text, bool IsPlain, FilePosition Position) : YamlNode(Position)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => IsNull ? "empty" : "a plain value";
}

internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, FilePosition Position) : YamlNode(Position)
{
    public override string Kind => "a list";
}

/// <param name="Entries">In the order of the file; a key that stands twice is here twice.</param>
internal sealed record YamlMapping(IReadOnlyList<(YamlNode Key, YamlNode Value)> Entries, FilePosition Position)
    : YamlNode(Position)
{
    public override string Kind => "a mapping";
}
