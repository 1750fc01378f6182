using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Http.Resilience;
using Polly.Timeout;

namespace Fink.Slack.Api;

/// <summary>
/// The methods of Slack's Web API that are used here, over HTTP. Owns the connection, and the pace of each channel: one
/// message at a time goes out.
/// </summary>
internal sealed class SlackApi : IDisposable
{
    private const string PostMessage = "chat.postMessage";
    private const int MostBytesOfAnAnswer = 16 << 20;

    private readonly SlackOptions _options;
    private readonly ChannelPace _pace;
    private readonly SemaphoreSlim _posting = new(1);
    private readonly HttpClient _http;

    public SlackApi(SlackOptions options, TimeProvider time)
    {
        _options = options;
        _pace = new ChannelPace(time);
        var rules = new RetryRules(options, time);
        var (asking, posting) = (rules.ForAsking(), rules.ForPosting());
        // A redirection would be another host than the one that the token is for.
        var connection = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var resilience = new ResilienceHandler(request => request.Method == HttpMethod.Post ? posting : asking) { InnerHandler = connection };
        _http = new HttpClient(resilience)
        {
            BaseAddress = options.Api.AbsoluteUri.EndsWith('/') ? options.Api : new Uri(options.Api.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostBytesOfAnAnswer,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token.Reveal());
    }

    /// <summary>Whether the token is good, and for which workspace.</summary>
    public async Task<string> TestTokenAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync("auth.test", "log in to Slack", cancellationToken).ConfigureAwait(false);
        return SlackAnswer.Text(answer.Body, "team") ?? "";
    }

    /// <param name="channel">What the API takes: <c>#name</c>, or the id of a channel or user.</param>
    /// <param name="shown">What a message calls it.</param>
    public async Task PostAsync(string channel, string shown, string text, CancellationToken cancellationToken)
    {
        await _posting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _pace.WaitAsync(channel, cancellationToken).ConfigureAwait(false);
            using var request = new HttpRequestMessage(HttpMethod.Post, PostMessage);
            request.Content = JsonContent.Create(new JsonObject { ["channel"] = channel, ["text"] = text, ["username"] = "fink-alert" });
            // A length instead of chunks: so the API's documentation and every proxy have it.
            await request.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            await SendAsync(request, $"post to {shown}", shown, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pace.Sent(channel);
            _posting.Release();
        }
    }

    /// <summary>Everybody in the workspace, page after page.</summary>
    public async Task<IReadOnlyList<SlackUser>> ListUsersAsync(CancellationToken cancellationToken)
    {
        const int usersOfAPage = 200;
        var users = new List<SlackUser>();
        var cursor = "";
        do
        {
            var page = await AskAsync($"users.list?limit={usersOfAPage}&cursor={Uri.EscapeDataString(cursor)}", "list Slack's users", cancellationToken).ConfigureAwait(false);
            users.AddRange(SlackUser.Read(page.Body));
            cursor = page.Body.TryGetProperty("response_metadata", out var more) ? SlackAnswer.Text(more, "next_cursor") ?? "" : "";
        }
        while (cursor.Length > 0);
        return users;
    }

    public void Dispose()
    {
        _http.Dispose();
        _posting.Dispose();
    }

    private async Task<SlackAnswer> AskAsync(string method, string what, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, method);
        return await SendAsync(request, what, target: null, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="SlackException"/>
    private async Task<SlackAnswer> SendAsync(HttpRequestMessage request, string what, string? target, CancellationToken cancellationToken)
    {
        var isPosting = request.Method == HttpMethod.Post;
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                throw new SlackException(SlackFailure.RateLimited, $"Cannot {what}: Slack keeps asking to wait (429); try again later.");
            }

            var answer = await ReadAsync(response, what, isPosting, cancellationToken).ConfigureAwait(false);
            return answer.IsOk ? answer
                : ErrorCodes.MayBeDone(answer.Error) ? throw Broken(what, isPosting, $"Slack had a trouble of its own ({answer.Error})", null)
                : throw ErrorCodes.Explain(what, target, answer);
        }
        catch (HttpRequestException e)
        {
            throw Broken(what, isPosting && !RetryRules.NeverLeft(e), e.Message, e);
        }
        catch (TimeoutRejectedException e)
        {
            throw Broken(what, isPosting, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no answer within {_options.Timeout.TotalSeconds:0.###} s"), e);
        }
    }

    private async Task<SlackAnswer> ReadAsync(HttpResponseMessage response, string what, bool isPosting, CancellationToken cancellationToken)
    {
        try
        {
            return SlackAnswer.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (FormatException e) when (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw Broken(what, isPosting, $"it answered {(int)response.StatusCode}", e);
        }
        catch (FormatException e)
        {
            throw new SlackException(
                SlackFailure.Failed, $"Cannot {what}: {_http.BaseAddress} is not Slack's API ({(int)response.StatusCode}, {e.Message}). Check SLACK_API_URL.", e);
        }
    }

    private SlackException Broken(string what, bool mayBeDone, string why, Exception? cause) => mayBeDone
        ? new SlackException(SlackFailure.Uncertain, $"Cannot tell whether a message is posted (trying to {what} at {_options.Api.Host}): {why.TrimEnd('.')}. Look there before you send it again.", cause)
        : new SlackException(SlackFailure.Unreachable, $"Cannot {what} at {_options.Api.Host}: {why.TrimEnd('.')}. Check the network, and SLACK_API_URL if it is set.", cause);
}
