namespace Fink.Kafka.Broker.Metadata;

/// <summary>Kafka's rules for the names of topics.</summary>
internal static class TopicName
{
    private const int MaxLength = 249;

    /// <summary>What is wrong with a name, in words for the client; null where nothing is.</summary>
    public static string? Complaint(string name)
    {
        if (name.Length == 0) return "Topic name is invalid: the empty string is not allowed";
        if (name is "." or "..") return $"Topic name is invalid: '{name}' is not allowed";
        if (name.Length > MaxLength) return $"Topic name is invalid: the length of '{name}' is longer than the max allowed length {MaxLength}";

        return name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? null
            : $"Topic name is invalid: '{name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'";
    }

    /// <summary>Whether clients take the topic for one of Kafka's own. This broker has none, and keeps the names' meaning.</summary>
    public static bool IsInternal(string name) => name is "__consumer_offsets" or "__transaction_state";

    /// <summary>The same for names that metrics could not tell apart: <c>a.b</c> and <c>a_b</c>.</summary>
    public static string CollisionKey(string name) => name.Replace('.', '_');
}
