using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Fink.Client;
using Fink.Slack.Alerts;
using Fink.Slack.Following;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Slack.Tests.Following;

/// <summary>What is posted, what is committed, and in which order, whenever a run ends.</summary>
public sealed class SlackFollowerTests
{
    private static readonly AlertColumns Columns = new("objectId", "ra", "dec", "cdsxmatch");

    private readonly FakeTimeProvider _time = new();
    private readonly MemoryFeed _feed = new();
    private readonly List<string> _log = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public SlackFollowerTests() => _feed.Log = _log;

    [Fact]
    public async Task Alerts_of_an_interval_are_one_digest_and_are_committed_once_it_is_posted()
    {
        var run = RunAsync();
        await _feed.GiveAsync("Star", "Star", "QSO");
        _time.Advance(TimeSpan.FromSeconds(60));
        await _feed.CommittedAsync();
        _feed.Give("Star");
        _feed.End();
        var summary = await run;

        Assert.Equal(["star 2", "qso 1", "commit p0:2", "star 1", "commit p0:3"], _log);
        Assert.Equal((2, 4), (summary.Digests, summary.Alerts));
    }

    [Fact]
    public async Task The_last_alert_of_each_partition_is_what_is_committed()
    {
        _feed.Give(new FedAlert(Row("Star"), new("t", 0, 7)), new FedAlert(Row("Star"), new("t", 1, 3)), new FedAlert(Row("Unknown"), new("t", 0, 8)));
        _feed.End();

        var summary = await RunAsync();

        Assert.Equal(["star 2", "commit p0:8 p1:3"], _log);
        Assert.Equal(1, summary.Skipped);
    }

    [Fact]
    public async Task A_night_of_which_there_is_nothing_to_tell_is_committed_too()
    {
        _feed.Give("Unknown", "Unknown");
        _feed.End();
        await RunAsync();

        Assert.Equal(["commit p0:1"], _log);
    }

    [Fact]
    public async Task Nothing_new_posts_nothing_and_commits_nothing()
    {
        _feed.End();

        Assert.Equal(0, (await RunAsync()).Digests);
        Assert.Empty(_log);
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_it_gathers_leaves_all_of_it_to_the_next()
    {
        var run = RunAsync();
        await _feed.GiveAsync("Star");
        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(_log);
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_it_posts_posts_the_rest_and_commits_before_it_ends()
    {
        var run = RunAsync(message => message.Channel == "star" ? _stop.CancelAsync() : Task.CompletedTask);
        await _feed.GiveAsync("Star", "QSO");
        _time.Advance(TimeSpan.FromSeconds(60));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(["star 1", "qso 1", "commit p0:1"], _log);
    }

    [Fact]
    public async Task A_post_that_hangs_when_the_run_is_stopped_is_waited_for_ten_seconds_and_its_digest_left()
    {
        _feed.Give("Star");
        var hangs = new TaskCompletionSource();
        var run = RunAsync(async (_, token) =>
        {
            hangs.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        _feed.End();
        await hangs.Task;
        await _stop.CancelAsync();
        Assert.False(run.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(["star 1"], _log);
    }

    [Fact]
    public async Task A_digest_that_is_cut_off_between_its_messages_says_what_of_it_comes_twice()
    {
        _feed.Give("Star", "QSO", "AGN");
        _feed.End();
        var hangs = new TaskCompletionSource();
        var run = RunAsync(async (message, token) =>
        {
            if (message.Channel == "qso")
            {
                hangs.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            }
        });
        await hangs.Task;
        await _stop.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        var cut = await Assert.ThrowsAsync<DigestCutOffException>(() => run);
        Assert.Equal(
            "Stopped in the midst of a digest: 1 of its 3 messages is posted, and the next run posts all of it.",
            cut.Message);
        Assert.Equal(["star 1", "qso 1"], _log);
    }

    [Fact]
    public async Task A_digest_at_which_Slack_fails_is_not_committed_and_the_message_says_what_comes_twice()
    {
        _feed.Give("Star", "QSO");
        _feed.End();

        var failed = await Assert.ThrowsAsync<SlackException>(() => RunAsync(message =>
            message.Channel == "qso" ? throw new SlackException(SlackFailure.Uncertain, "The line broke.") : Task.CompletedTask));

        Assert.Contains("The line broke. Nothing of this digest is committed", failed.Message, StringComparison.Ordinal);
        Assert.Contains("the 1 of it that", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_log, line => line.StartsWith("commit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_channel_that_takes_nothing_holds_up_neither_the_others_nor_the_commit()
    {
        _feed.Give("Star", "QSO");
        _feed.End();
        var follower = new SlackFollower(
            (message, _) => Task.FromResult(new ClassPosting(message, message.Channel == "star" ? new SlackException(SlackFailure.Archived, "archived") : null)),
            new FollowOptions(), _time);
        var postings = new List<bool>();

        await follower.RunAsync(_feed, new Recorder(posting => postings.Add(posting.IsPosted)), _stop.Token);

        Assert.Equal([false, true], postings);
        Assert.Equal(["commit p0:1"], _log);
    }

    [Fact]
    public async Task An_alert_that_comes_while_a_digest_is_posted_is_the_next_digests_and_not_committed_with_it()
    {
        var posting = new TaskCompletionSource();
        var isFirst = true;
        var run = RunAsync(async _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                _feed.Give("QSO");
                await Task.Yield();
                posting.SetResult();
            }
        });
        await _feed.GiveAsync("Star");
        _time.Advance(TimeSpan.FromSeconds(60));
        await posting.Task;
        _feed.End();
        await run;

        Assert.Equal(["star 1", "commit p0:0", "qso 1", "commit p0:1"], _log);
    }

    [Fact]
    public async Task Reading_goes_on_while_a_digest_is_posted_for_a_group_sends_away_who_does_not_read()
    {
        var run = RunAsync(async message =>
        {
            if (message.Channel == "star")
            {
                await _feed.GiveAsync("QSO", "QSO", "QSO");
            }
        });
        await _feed.GiveAsync("Star");
        _time.Advance(TimeSpan.FromSeconds(60));
        await _feed.CommittedAsync();
        _feed.End();
        await run;

        Assert.Equal(["star 1", "commit p0:0", "qso 3", "commit p0:3"], _log);
    }

    [Fact]
    public async Task A_reading_that_fails_while_a_digest_is_posted_ends_the_run_once_that_is_committed()
    {
        var run = RunAsync(async _ =>
        {
            _feed.End(new InvalidDataException("no alert"));
            await Task.Yield();
        });
        await _feed.GiveAsync("Star");
        _time.Advance(TimeSpan.FromSeconds(60));

        await Assert.ThrowsAsync<InvalidDataException>(() => run);
        Assert.Equal(["star 1", "commit p0:0"], _log);
    }

    [Fact]
    public async Task What_was_gathered_of_a_partition_that_another_run_was_given_is_left_to_that_run()
    {
        _feed.Give(new FedAlert(Row("Star"), new("t", 0, 7)), new FedAlert(Row("Star"), new("t", 1, 3)), new FedAlert(Row("QSO"), new("t", 1, 4)));
        _feed.TakeAway(1);
        _feed.End();

        var summary = await RunAsync();

        Assert.Equal(["star 1", "commit p0:7"], _log);
        Assert.Equal(1, summary.Alerts);
    }

    [Fact]
    public async Task Of_a_partition_that_was_given_back_only_what_came_since_is_told()
    {
        var run = RunAsync();
        await _feed.GiveAsync("Star", "Star");
        _feed.TakeAway(0);
        _feed.Give("QSO");
        _feed.End();
        await run;

        Assert.Equal(["qso 1", "commit p0:2"], _log);
    }

    private Task<FollowSummary> RunAsync(Func<ClassMessage, Task>? post = null) => RunAsync((message, _) => post?.Invoke(message) ?? Task.CompletedTask);

    private Task<FollowSummary> RunAsync(Func<ClassMessage, CancellationToken, Task> post)
    {
        var follower = new SlackFollower(
            async (message, token) =>
            {
                _log.Add($"{message.Channel} {message.Alerts}");
                await post(message, token);
                return new ClassPosting(message, null);
            },
            new FollowOptions(), _time);
        return follower.RunAsync(_feed, progress: null, _stop.Token);
    }

    private static AlertRow Row(string name) => new(Columns, ["ZTF1", "1", "2", name]);

    private sealed class Recorder(Action<ClassPosting> report) : IProgress<ClassPosting>
    {
        public void Report(ClassPosting value) => report(value);
    }

    /// <summary>Alerts that a test gives by hand.</summary>
    private sealed class MemoryFeed : IAlertFeed
    {
        private readonly Channel<FedAlert> _alerts = Channel.CreateUnbounded<FedAlert>();
        private readonly Channel<bool> _taken = Channel.CreateUnbounded<bool>();
        private readonly Channel<bool> _commits = Channel.CreateUnbounded<bool>();
        private readonly HashSet<AlertPosition> _held = [];
        private long _offset;
        private bool _isCancelled;

        public List<string> Log { get; set; } = [];

        public void Give(params string[] classes) => Give([.. classes.Select(name => new FedAlert(Row(name), new("t", 0, _offset++)))]);

        public void Give(params FedAlert[] alerts) => Assert.All(alerts, alert =>
        {
            _held.Add(alert.Position);
            Assert.True(_alerts.Writer.TryWrite(alert));
        });

        /// <summary>Another run is given the partition: for what was given so far.</summary>
        public void TakeAway(int partition) => _held.RemoveWhere(position => position.Partition == partition);

        public bool Holds(AlertPosition position) => _held.Contains(position);

        /// <summary>Returns once the follower has them and waits for more.</summary>
        public async Task GiveAsync(params string[] classes)
        {
            Give(classes);
            foreach (var _ in classes)
            {
                await _taken.Reader.ReadAsync(TestContext.Current.CancellationToken);
            }
        }

        public void End(Exception? error = null) => _alerts.Writer.Complete(error);

        public async Task CommittedAsync() => await _commits.Reader.ReadAsync(TestContext.Current.CancellationToken);

        public async IAsyncEnumerable<FedAlert> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            using var ended = cancellationToken.Register(() => _isCancelled = true);
            await foreach (var alert in _alerts.Reader.ReadAllAsync(cancellationToken))
            {
                yield return alert;
                _taken.Writer.TryWrite(true);
            }
        }

        /// <summary>As where Kafka is read, only who reads can commit.</summary>
        public Task CommitAsync(IReadOnlyCollection<AlertPosition> last, CancellationToken cancellationToken)
        {
            Assert.False(_isCancelled);
            Log.Add($"commit {string.Join(' ', last.Select(place => $"p{place.Partition}:{place.Offset}"))}");
            _commits.Writer.TryWrite(true);
            return Task.CompletedTask;
        }
    }
}
