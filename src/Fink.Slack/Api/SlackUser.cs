using System.Text.Json;

namespace Fink.Slack.Api;

/// <summary>Somebody of the workspace who can be written to.</summary>
/// <param name="OtherNames">The displayed name and the login.</param>
internal sealed record SlackUser(string Id, string FullName, IReadOnlyList<string> OtherNames)
{
    /// <summary>The people of a page of <c>users.list</c>; who left and who is a bot are none.</summary>
    public static IEnumerable<SlackUser> Read(JsonElement page)
    {
        if (!page.TryGetProperty("members", out var members) || members.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (var member in members.EnumerateArray())
        {
            if (SlackAnswer.Text(member, "id") is { } id && !SlackAnswer.Flag(member, "deleted") && !SlackAnswer.Flag(member, "is_bot"))
            {
                yield return Read(id, member);
            }
        }
    }

    private static SlackUser Read(string id, JsonElement member)
    {
        var login = SlackAnswer.Text(member, "name") ?? id;
        var profile = member.TryGetProperty("profile", out var found) ? found : default;
        var full = SlackAnswer.Text(member, "real_name") ?? SlackAnswer.Text(profile, "real_name") ?? login;
        return new SlackUser(id, full, SlackAnswer.Text(profile, "display_name") is { Length: > 0 } displayed ? [displayed, login] : [login]);
    }
}
