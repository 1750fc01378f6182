namespace Fink.Distribution.Configuration;

/// <summary>What Kafka takes as the name of a topic, less the names that are spoken for.</summary>
internal static class TopicNames
{
    private const int MaximumLength = 249;

    /// <summary>Why <paramref name="name"/> cannot be a topic for alerts, or null when it can.</summary>
    public static string? Fault(string name)
    {
        if (name is "." or "..")
        {
            return $"'{name}' is no topic name";
        }

        if (name.Length > MaximumLength)
        {
            return $"a topic name has at most {MaximumLength} characters, this one has {name.Length}";
        }

        if (CharacterFault(name) is { } fault)
        {
            return fault;
        }

        return name.StartsWith("__", StringComparison.Ordinal) || name.StartsWith("fink-work-", StringComparison.Ordinal)
            ? $"'{name}' is kept for {(name[0] == '_' ? "Kafka's own topics" : "the work lists of jobs")}"
            : null;
    }

    /// <summary>Why <paramref name="part"/> cannot be a part of a topic's name, or null when it can.</summary>
    public static string? CharacterFault(string part)
    {
        var illegal = part.FirstOrDefault(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'));
        return illegal == default
            ? null
            : $"'{part}' has '{illegal}'; a topic name is made of letters, digits, '.', '_' and '-'";
    }
}
