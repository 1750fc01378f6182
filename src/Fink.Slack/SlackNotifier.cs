using System.Globalization;
using Fink.Slack.Alerts;
using Fink.Slack.Api;
using Fink.Slack.Messages;

namespace Fink.Slack;

/// <summary>
/// Writes to Slack's channels and users as <c>fink-alert</c>. Each channel gets at most one message a second. Nothing that
/// may have been posted is posted again: see <see cref="SlackFailure.Uncertain"/>.
/// </summary>
public sealed class SlackNotifier : IDisposable
{
    private readonly SlackApi _api;

    private SlackNotifier(SlackApi api, string workspace) => (_api, Workspace) = (api, workspace);

    /// <summary>What the token's workspace is called.</summary>
    public string Workspace { get; }

    /// <summary>Asks Slack at once whether the token is good.</summary>
    /// <exception cref="SlackException">It is not, or Slack cannot be reached.</exception>
    public static async Task<SlackNotifier> ConnectAsync(SlackOptions options, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        var api = new SlackApi(options, time ?? TimeProvider.System);
        try
        {
            return new SlackNotifier(api, await api.TestTokenAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>Posts a text in Slack's markup, in several messages where it is too long for one.</summary>
    /// <param name="recipient"><c>#channel</c>, a user's name, or the id of either.</param>
    /// <returns>How many messages it took.</returns>
    /// <exception cref="SlackException">Also where only some of several messages were posted; it says so.</exception>
    public async Task<int> SendAsync(string recipient, string text, CancellationToken cancellationToken = default)
    {
        var to = await Recipient.FindAsync(recipient, _api, cancellationToken).ConfigureAwait(false);
        var parts = MessageText.Split(text);
        await PostAsync(to, parts, cancellationToken).ConfigureAwait(false);
        return parts.Count;
    }

    /// <summary>
    /// One table a class, to the channel that is named by the class's letters. A channel that does not take its message
    /// is told by its posting and holds up no other.
    /// </summary>
    /// <param name="channels">Only to these; null for every class's.</param>
    /// <param name="progress">Told of each posting as it is made: what there is of them where an exception ends it.</param>
    /// <exception cref="SlackException">What concerns every channel: the token, the network.</exception>
    public async Task<IReadOnlyList<ClassPosting>> SendAlertsAsync(
        IAsyncEnumerable<AlertRow> alerts, ChannelList? channels = null, IProgress<ClassPosting>? progress = null, CancellationToken cancellationToken = default)
    {
        var digest = new AlertDigest(channels);
        await foreach (var alert in alerts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            digest.Add(alert);
        }

        return await SendAlertsAsync(digest, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SendAlertsAsync(IAsyncEnumerable{AlertRow}, ChannelList, IProgress{ClassPosting}, CancellationToken)"/>
    public async Task<IReadOnlyList<ClassPosting>> SendAlertsAsync(
        AlertDigest digest, IProgress<ClassPosting>? progress = null, CancellationToken cancellationToken = default)
    {
        var postings = new List<ClassPosting>();
        foreach (var message in digest.Messages())
        {
            var posting = await PostAsync(message, cancellationToken).ConfigureAwait(false);
            postings.Add(posting);
            progress?.Report(posting);
        }

        return postings;
    }

    /// <summary>Posts what a class's channel is told.</summary>
    /// <exception cref="SlackException">What concerns every channel: the token, the network.</exception>
    public async Task<ClassPosting> PostAsync(ClassMessage message, CancellationToken cancellationToken = default)
    {
        var channel = $"#{message.Channel}";
        try
        {
            await PostAsync(new Recipient(channel, channel), message.Texts, cancellationToken).ConfigureAwait(false);
            return new ClassPosting(message, null);
        }
        catch (SlackException e) when (e.IsOfRecipient)
        {
            return new ClassPosting(message, e);
        }
    }

    public void Dispose() => _api.Dispose();

    private async Task PostAsync(Recipient to, IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        for (var part = 0; part < parts.Count; part++)
        {
            try
            {
                await _api.PostAsync(to.Channel, to.Shown, parts[part], cancellationToken).ConfigureAwait(false);
            }
            catch (SlackException e) when (part > 0)
            {
                throw new SlackException(e.Failure, string.Create(CultureInfo.InvariantCulture, $"{e.Message} {part} of {parts.Count} messages were posted before."), e);
            }
        }
    }
}
