using System.Globalization;
using Fink.Slack.Alerts;

namespace Fink.Slack.Following;

/// <summary>How alerts are gathered into digests.</summary>
public sealed record FollowOptions
{
    /// <summary>How long a digest gathers, from its first alert on.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a digest that is being posted may still take once the run is cancelled. One that takes longer is cut off,
    /// and is posted again by the next run, all of it: its messages are of classes, what is committed is of partitions.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Only these channels; null for every class's.</summary>
    public ChannelList? Channels { get; init; }
}

/// <summary>
/// Gathers alerts for an interval, posts a digest of them, and only then commits: a run that is killed between the two
/// posts that digest again, and none is ever lost.
/// </summary>
/// <param name="post">Posts one class's message; throws what concerns every channel.</param>
public sealed class SlackFollower(
    Func<ClassMessage, CancellationToken, Task<ClassPosting>> post, FollowOptions options, TimeProvider time)
{
    /// <summary>Until the feed ends or the run is cancelled: what is gathered then is left, what is being posted is ended.</summary>
    /// <param name="progress">Told of every posting.</param>
    /// <exception cref="SlackException">What concerns every channel. The digest at hand is not committed.</exception>
    /// <exception cref="DigestCutOffException">Cancelled, and some of the digest at hand is posted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<FollowSummary> RunAsync(IAlertFeed feed, IProgress<ClassPosting>? progress, CancellationToken cancellationToken)
    {
        var summary = new FollowSummary(0, 0, 0);
        await using var gathering = new Gathering(feed, options, time);
        var telling = Task.CompletedTask;
        try
        {
            while (await gathering.NextAsync(telling, cancellationToken).ConfigureAwait(false) is { } next)
            {
                telling = TellAsync(feed, next, progress, cancellationToken);
                var digest = next.Digest;
                summary = new FollowSummary(summary.Digests + 1, summary.Alerts + digest.Alerts, summary.Skipped + digest.Skipped);
            }
        }
        finally
        {
            // However the reading ended, what is posted is committed.
            await telling.ConfigureAwait(false);
        }

        return summary;
    }

    private async Task TellAsync(IAlertFeed feed, Gathered gathered, IProgress<ClassPosting>? progress, CancellationToken cancellationToken)
    {
        using var posting = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var end = cancellationToken.Register(() => posting.CancelAfter(options.Grace)).ConfigureAwait(false);
        var messages = gathered.Digest.Messages();
        var posted = 0;
        try
        {
            foreach (var message in messages)
            {
                var told = await post(message, posting.Token).ConfigureAwait(false);
                posted += told.IsPosted ? 1 : 0;
                progress?.Report(told);
            }

            await feed.CommitAsync(gathered.Last, posting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (posted > 0)
        {
            throw new DigestCutOffException(posted, messages.Count, e);
        }
        catch (SlackException e)
        {
            var again = posted == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", and the {posted} of it that are posted then come twice");
            throw new SlackException(e.Failure, $"{e.Message} Nothing of this digest is committed: the next run posts it{again}.", e);
        }
    }
}

/// <summary>What a run did.</summary>
/// <param name="Skipped">Of the alerts, those that no message tells of.</param>
public sealed record FollowSummary(long Digests, long Alerts, long Skipped);
