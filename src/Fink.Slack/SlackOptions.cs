namespace Fink.Slack;

/// <summary>Which Slack to speak to, and as whom.</summary>
public sealed record SlackOptions(SlackToken Token)
{
    /// <summary>What the names of the API's methods are added to.</summary>
    public static Uri SlackCom { get; } = new("https://slack.com/api/");

    public Uri Api { get; init; } = SlackCom;

    /// <summary>How long one answer may take. What Slack asks to wait with <c>Retry-After</c> is not counted.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told what is waited for where it takes longer than a channel's second.</summary>
    public Action<SlackWait>? OnWait { get; init; }
}

/// <summary>A request is sent again after a pause: Slack asked for it, or could not be reached.</summary>
/// <param name="Reason">In words.</param>
public sealed record SlackWait(TimeSpan Pause, string Reason);
