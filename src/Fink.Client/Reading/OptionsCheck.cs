namespace Fink.Client.Reading;

/// <summary>What is wrong with options, each mistake a sentence.</summary>
internal static class OptionsCheck
{
    public static IEnumerable<string> MistakesOf(AlertConsumerOptions options)
    {
        if (options.Topics.Count == 0 || options.Topics.Any(string.IsNullOrWhiteSpace))
        {
            yield return "Name at least one topic to read, and no empty one.";
        }

        if (!options.Connection.Settings.ContainsKey("bootstrap.servers"))
        {
            yield return "The connection names no servers (bootstrap.servers).";
        }

        if (options.From is StartPosition.FromPlace(var place) && (options.Group is not null || !options.Topics.SequenceEqual([place.Topic])))
        {
            yield return $"The one place {place} is read without a group and from no other topic.";
        }

        if (options.Group is "")
        {
            yield return "A group has a name.";
        }

        if (options.DuplicateWindow < 0)
        {
            yield return $"A window of {options.DuplicateWindow} alerts for duplicates is none: 0 or more.";
        }

        if (options.Timeout <= TimeSpan.Zero)
        {
            yield return $"A timeout of {options.Timeout} is none.";
        }
    }
}
