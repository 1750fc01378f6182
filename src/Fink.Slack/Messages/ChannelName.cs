namespace Fink.Slack.Messages;

/// <summary>The channel of a class: its letters, in lower case (<c>EB*WUMa</c> → <c>ebwuma</c>).</summary>
internal static class ChannelName
{
    private const int MostLetters = 80;

    /// <summary>Null for Unknown, and for a class without a letter.</summary>
    public static string? Of(string className)
    {
        if (className == "Unknown")
        {
            return null;
        }

        var letters = string.Concat(className.Where(char.IsAsciiLetter).Take(MostLetters)).ToLowerInvariant();
        return letters.Length > 0 ? letters : null;
    }
}
