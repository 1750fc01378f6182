namespace Fink.Slack.Api;

/// <summary>Slack's error codes in words. Codes: the reference of each method of Slack's Web API.</summary>
internal static class ErrorCodes
{
    /// <param name="what">What was tried, as the rest of "Cannot …".</param>
    /// <param name="target">The channel or user that it was about, if any.</param>
    public static SlackException Explain(string what, string? target, SlackAnswer answer)
    {
        var (failure, why) = Meaning(answer.Error, target ?? "it", answer.NeededScope);
        return new SlackException(failure, $"Cannot {what}: {why}.");
    }

    private static (SlackFailure Failure, string Why) Meaning(string code, string target, string? scope) => code switch
    {
        "invalid_auth" or "not_authed" => (SlackFailure.Refused, $"Slack does not know this token ({code}); copy the app's Bot User OAuth Token anew"),
        "token_revoked" or "token_expired" or "account_inactive" =>
            (SlackFailure.Refused, $"this token is no longer valid ({code}); install the app again and take its new token"),
        "missing_scope" => (SlackFailure.Refused, $"the token lacks the scope {scope ?? "that is needed"} ({code}); add it to the app and install the app again"),
        "not_allowed_token_type" or "no_permission" or "access_denied" or "org_login_required" or "ekm_access_denied" or "team_access_not_granted" =>
            (SlackFailure.Refused, $"the workspace does not let this token do that ({code}); ask its administrators"),
        "channel_not_found" => (SlackFailure.NotFound, $"Slack has no channel {target} that this token may see ({code}); make it, or invite the app if it is private"),
        "is_archived" => (SlackFailure.Archived, $"{target} is archived ({code}); unarchive it or leave it out of the list of channels"),
        "not_in_channel" => (SlackFailure.NotInChannel, $"the app is no member of {target} ({code}); invite it there, or give the token the scope chat:write.public"),
        "user_not_found" or "user_disabled" or "users_not_found" => (SlackFailure.NotFound, $"Slack has no active user {target} ({code})"),
        "msg_too_long" => (SlackFailure.Failed, $"Slack says that the message is too long ({code})"),
        "no_text" => (SlackFailure.Failed, $"the message is empty ({code})"),
        "ratelimited" or "rate_limited" or "message_limit_exceeded" =>
            (SlackFailure.RateLimited, $"Slack takes no more messages for now ({code}); try again later"),
        _ when code.StartsWith("restricted_action", StringComparison.Ordinal) || code is "cannot_dm_bot" or "channel_type_not_supported" =>
            (SlackFailure.Forbidden, $"nobody but some may post to {target} ({code}); ask the workspace's administrators"),
        _ => (SlackFailure.Failed, $"Slack says {code}"),
    };

    /// <summary>Slack's own troubles, of which it says that part of the work may have been done.</summary>
    public static bool MayBeDone(string code) => code is "internal_error" or "fatal_error" or "service_unavailable";
}
