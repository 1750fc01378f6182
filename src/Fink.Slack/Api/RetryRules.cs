using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Fink.Slack.Api;

/// <summary>
/// What is sent again. A request that Slack turned away (429) or that never left was not done and may always be repeated.
/// One that broke off under way may have been done: asking again is harmless, posting again is not.
/// </summary>
internal sealed class RetryRules(SlackOptions options, TimeProvider time)
{
    private const int WhenTurnedAway = 10;
    private const int WhenUnreachable = 4;

    public ResiliencePipeline<HttpResponseMessage> ForAsking() => Build(mayBeDone: true);

    public ResiliencePipeline<HttpResponseMessage> ForPosting() => Build(mayBeDone: false);

    public static bool NeverLeft(Exception? error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };

    private ResiliencePipeline<HttpResponseMessage> Build(bool mayBeDone) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = WhenTurnedAway,
                ShouldRetryAfterHeader = true,
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests),
                OnRetry = retry => Tell(retry, "Slack asks to wait (429)"),
            })
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = WhenUnreachable,
                ShouldHandle = outcome => ValueTask.FromResult(
                    NeverLeft(outcome.Outcome.Exception) || (mayBeDone && BrokeOff(outcome.Outcome))),
                OnRetry = retry => Tell(retry, $"{options.Api.Host} does not answer"),
            })
            .AddTimeout(options.Timeout)
            .Build();

    private static bool BrokeOff(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or TimeoutRejectedException
        || outcome.Result?.StatusCode >= HttpStatusCode.InternalServerError;

    private ValueTask Tell(OnRetryArguments<HttpResponseMessage> retry, string reason)
    {
        options.OnWait?.Invoke(new SlackWait(retry.RetryDelay, reason));
        return ValueTask.CompletedTask;
    }
}
