namespace Fink.Distribution.Configuration;

/// <summary>A topic's messages have one form: whoever reads it expects the next as the last. Rules that can give the same topic must agree.</summary>
internal static class WireCheck
{
    public static void Report(IReadOnlyList<TopicRule> rules, Mistakes mistakes)
    {
        for (var later = 1; later < rules.Count; later++)
        {
            if (rules.Take(later).FirstOrDefault(earlier => Clash(earlier, rules[later])) is { } clash)
            {
                mistakes.Add(
                    rules[later].Position,
                    $"'{rules[later].Label}' and '{clash.Label}' on line {clash.Position.Line} can give the same topic, and "
                    + "their 'wire' or 'schema-id' differ: make them agree, or the names differ");
            }
        }
    }

    private static bool Clash(TopicRule one, TopicRule other) =>
        ((one.Settings.Wire ?? WireForm.Bare) != (other.Settings.Wire ?? WireForm.Bare) || one.Settings.SchemaId != other.Settings.SchemaId)
        && CanMeet(one, other);

    private static bool CanMeet(TopicRule one, TopicRule other) => (one, other) switch
    {
        (ClassTopicRule byClass, NamedTopicRule named) => byClass.CanGive(named.Name),
        (NamedTopicRule named, ClassTopicRule byClass) => byClass.CanGive(named.Name),
        (ClassTopicRule first, ClassTopicRule second) =>
            MayContinue(first.Prefix, second.Prefix, (longer, end) => longer.StartsWith(end, StringComparison.Ordinal), shorter => shorter.Length..)
            && MayContinue(first.Suffix, second.Suffix, (longer, end) => longer.EndsWith(end, StringComparison.Ordinal), shorter => ..^shorter.Length),
        _ => false,
    };

    /// <summary>Whether letters of a class can make up for what one has and the other lacks.</summary>
    private static bool MayContinue(string one, string other, Func<string, string, bool> contains, Func<string, Range> rest)
    {
        var (shorter, longer) = one.Length < other.Length ? (one, other) : (other, one);
        return contains(longer, shorter) && longer[rest(shorter)].All(char.IsAsciiLetterLower);
    }
}
