namespace Fink.Slack;

/// <summary>Slack did not do what it was asked to. The message says what was tried, where, why it failed and what to do.</summary>
public sealed class SlackException(SlackFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public SlackFailure Failure { get; } = failure;

    /// <summary>Only this channel or user is concerned: another message may well be taken.</summary>
    public bool IsOfRecipient => Failure is SlackFailure.NotFound or SlackFailure.Archived or SlackFailure.NotInChannel or SlackFailure.Forbidden;
}

public enum SlackFailure
{
    /// <summary>Slack answered with an error that none of the others names.</summary>
    Failed,

    /// <summary>No answer came, and nothing was posted.</summary>
    Unreachable,

    /// <summary>The message was sent, and whether it was posted nobody knows.</summary>
    Uncertain,

    /// <summary>Slack kept asking to wait.</summary>
    RateLimited,

    /// <summary>The token: unknown, revoked, expired, or without a scope that is needed.</summary>
    Refused,

    /// <summary>There is no such channel or user, or it is not to be seen by this token.</summary>
    NotFound,
    Archived,
    NotInChannel,

    /// <summary>The workspace does not let this token post there.</summary>
    Forbidden,
}
