using System.Text.RegularExpressions;
using Fink.ScienceDb.Rules;
using Fink.Slack.Api;

namespace Fink.Slack.Messages;

/// <summary>Who a message is for: what the API is given, and what people call it.</summary>
internal sealed partial record Recipient(string Channel, string Shown)
{
    /// <summary><c>#channel</c>, the id of a channel or user, or a user's name, which Slack is asked for.</summary>
    /// <exception cref="SlackException">Nobody is called that, or several are.</exception>
    public static async Task<Recipient> FindAsync(string text, SlackApi api, CancellationToken cancellationToken)
    {
        if (text.StartsWith('#') || Id().IsMatch(text))
        {
            return new Recipient(text, text);
        }

        var name = text.TrimStart('@');
        var users = await api.ListUsersAsync(cancellationToken).ConfigureAwait(false);
        // Somebody's full name before another's login.
        var called = users.Where(user => Is(user.FullName)).ToList();
        if (called.Count == 0)
        {
            called = [.. users.Where(user => user.OtherNames.Any(Is))];
        }

        return called switch
        {
            [var user] => new Recipient(user.Id, name),
            [] => throw Unknown(name, users),
            _ => throw new SlackException(
                SlackFailure.NotFound, $"Cannot post to {name}: {called.Count} users are called so. Give the id of one: {string.Join(", ", called.Select(user => user.Id))}."),
        };

        bool Is(string known) => known.Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static SlackException Unknown(string name, IReadOnlyList<SlackUser> users)
    {
        var near = NearNames.Of(name, users.SelectMany(user => user.OtherNames.Prepend(user.FullName)).Distinct());
        var hint = near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"A channel is written '#{name}'.";
        return new SlackException(SlackFailure.NotFound, $"Cannot post to {name}: Slack has no active user of this name. {hint}");
    }

    /// <summary>Slack's ids: of channels C, G and D, of users U and W. A digit tells them from a name in capitals.</summary>
    [GeneratedRegex("^[CGDUW](?=[A-Z]*[0-9])[A-Z0-9]{7,}$")]
    private static partial Regex Id();
}
