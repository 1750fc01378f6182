using Fink.Slack.Alerts;

namespace Fink.Slack;

/// <summary>What became of a message about a class.</summary>
/// <param name="Failure">Why the channel did not take it; null where it did.</param>
public sealed record ClassPosting(ClassMessage Message, SlackException? Failure)
{
    public bool IsPosted => Failure is null;
}
