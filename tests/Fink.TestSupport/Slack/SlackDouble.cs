using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fink.TestSupport.Slack;

/// <summary>
/// A workspace on this machine that keeps to what Slack documents of its Web API: tokens and their scopes, channels that
/// are archived or private, pages of users, one message a second for each channel, the longest text.
/// </summary>
public sealed class SlackDouble : IAsyncDisposable
{
    public const string Token = "xoxb-double-0123456789";

    /// <summary>Characters, above which Slack cuts a message in pieces.</summary>
    private const int LongestWholeText = 4000;

    private readonly WebApplication _application;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<SlackPost> _posts = [];
    private readonly Queue<Func<HttpContext, Task>> _troubles = [];
    private readonly Dictionary<string, DateTimeOffset> _last = [];

    private SlackDouble(WebApplication application, TimeProvider time) => (_application, _time) = (application, time);

    public Uri Api => new($"{_application.Urls.Single()}/api/");

    /// <summary>Channels by name, without #.</summary>
    public Dictionary<string, SlackChannel> Channels { get; } = [];

    public List<SlackPerson> People { get; } = [];

    public HashSet<string> Scopes { get; } = ["chat:write", "users:read"];

    /// <summary>What the only token is answered with from now on; null where it is good.</summary>
    public string? TokenError { get; set; }

    /// <summary>Slack gives fewer users a page than it is asked for, whenever it likes.</summary>
    public int UsersOfAPage { get; set; } = 2;

    /// <summary>What was posted, in order.</summary>
    public IReadOnlyList<SlackPost> Posts
    {
        get
        {
            lock (_lock)
            {
                return [.. _posts];
            }
        }
    }

    /// <summary>Requests that came, posted or not.</summary>
    public int Requests { get; private set; }

    /// <param name="time">By which the second of a channel is measured.</param>
    public static async Task<SlackDouble> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        var application = builder.Build();
        var slack = new SlackDouble(application, time ?? TimeProvider.System);
        application.Run(slack.AnswerAsync);
        await application.StartAsync().ConfigureAwait(false);
        return slack;
    }

    /// <summary>The next <c>chat.postMessage</c> is answered by this instead.</summary>
    public void NextPost(Func<HttpContext, Task> trouble) => _troubles.Enqueue(trouble);

    /// <summary>The next message is turned away.</summary>
    public void TurnAwayNextPost(int retryAfterSeconds) => NextPost(context =>
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = $"{retryAfterSeconds}";
        return WriteAsync(context, new JsonObject { ["ok"] = false, ["error"] = "ratelimited" });
    });

    /// <summary>The connection breaks when the next message has arrived: whoever sent it cannot know.</summary>
    public void BreakNextPost() => NextPost(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests++;
        var method = context.Request.Path.Value!.Split('/')[^1];
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("<html>not here</html>").ConfigureAwait(false);
            return;
        }

        var error = Refusal(context.Request.Headers.Authorization.ToString());
        await (error is not null ? WriteAsync(context, Error(error)) : method switch
        {
            "auth.test" => WriteAsync(context, new JsonObject { ["ok"] = true, ["team"] = "Double", ["url"] = Api.ToString() }),
            "users.list" => WriteAsync(context, ListUsers(context.Request.Query)),
            "chat.postMessage" => PostAsync(context),
            _ => WriteAsync(context, Error("unknown_method")),
        }).ConfigureAwait(false);
    }

    private string? Refusal(string authorization) => authorization.Length == 0 ? "not_authed"
        : authorization != $"Bearer {Token}" ? "invalid_auth"
        : TokenError;

    private JsonObject ListUsers(IQueryCollection query)
    {
        if (!Scopes.Contains("users:read"))
        {
            return Missing("users:read");
        }

        var first = query["cursor"] is [{ Length: > 0 } cursor] ? int.Parse(cursor["page:".Length..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var next = first + UsersOfAPage;
        return new JsonObject
        {
            ["ok"] = true,
            ["members"] = new JsonArray([.. People.Skip(first).Take(UsersOfAPage).Select(person => (JsonNode)person.ToJson())]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = next < People.Count ? $"page:{next}" : "" },
        };
    }

    private async Task PostAsync(HttpContext context)
    {
        if (_troubles.TryDequeue(out var trouble))
        {
            await trouble(context).ConfigureAwait(false);
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.Body).ConfigureAwait(false);
        var (channel, text) = ((string)body!["channel"]!, (string?)body["text"] ?? "");
        JsonObject answer;
        lock (_lock)
        {
            answer = Post(context, channel, text, (string?)body["username"]);
        }

        await WriteAsync(context, answer).ConfigureAwait(false);
    }

    private JsonObject Post(HttpContext context, string channel, string text, string? userName)
    {
        if (!Scopes.Contains("chat:write"))
        {
            return Missing("chat:write");
        }

        if (ErrorOf(channel) is { } error)
        {
            return Error(error);
        }

        var now = _time.GetUtcNow();
        if (_last.TryGetValue(channel, out var last) && now - last < TimeSpan.FromSeconds(1))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "1";
            return Error("ratelimited");
        }

        if (text.Length is 0 or > LongestWholeText)
        {
            return Error(text.Length == 0 ? "no_text" : "msg_too_long");
        }

        _last[channel] = now;
        _posts.Add(new SlackPost(channel, text, userName, now));
        return new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = $"{_posts.Count}.000000" };
    }

    private string? ErrorOf(string channel)
    {
        if (!channel.StartsWith('#'))
        {
            return People.Exists(person => person.Id == channel) ? null : "channel_not_found";
        }

        return !Channels.TryGetValue(channel[1..], out var found) ? "channel_not_found"
            : found.IsArchived ? "is_archived"
            : found.IsMember || Scopes.Contains("chat:write.public") ? null
            : "not_in_channel";
    }

    private static JsonObject Error(string code) => new() { ["ok"] = false, ["error"] = code };

    private static JsonObject Missing(string scope) =>
        new() { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = scope, ["provided"] = "identify" };

    private static Task WriteAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString());
    }
}

/// <param name="UserName">Under which it appears.</param>
public sealed record SlackPost(string Channel, string Text, string? UserName, DateTimeOffset At);

public sealed record SlackChannel(bool IsArchived = false, bool IsMember = true);

public sealed record SlackPerson(string Id, string Login, string FullName, string DisplayedName = "", bool IsGone = false, bool IsBot = false)
{
    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["name"] = Login,
        ["deleted"] = IsGone,
        ["is_bot"] = IsBot,
        ["real_name"] = FullName,
        ["profile"] = new JsonObject { ["real_name"] = FullName, ["display_name"] = DisplayedName },
    };
}
