using Fink.Kafka.Broker.Groups.Rebalancing;

namespace Fink.Kafka.Broker.Tests.Groups;

/// <summary>A timer's callback may be on its way, waiting for the gate, when its deadline is moved or cleared.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public void A_timer_that_fired_before_its_deadline_was_moved_does_nothing()
    {
        var clock = new ByHand();
        var done = 0;
        var deadline = new Deadline(clock, new Lock(), () => done++, Unexpected);
        deadline.Set(TimeSpan.FromSeconds(1));
        deadline.Set(TimeSpan.FromSeconds(2));

        clock.Fire(0);
        Assert.Equal(0, done);
        clock.Fire(1);
        Assert.Equal(1, done);
        clock.Fire(1);
        Assert.Equal(1, done);
    }

    [Fact]
    public void A_timer_that_fired_before_its_deadline_was_cleared_does_nothing()
    {
        var clock = new ByHand();
        var done = 0;
        var deadline = new Deadline(clock, new Lock(), () => done++, Unexpected);
        deadline.Set(TimeSpan.FromSeconds(1));
        deadline.Clear();

        clock.Fire(0);
        Assert.Equal(0, done);
    }

    [Fact]
    public void A_deadline_that_is_due_at_once_is_not_met_by_the_one_who_sets_it()
    {
        var clock = new ByHand();
        var deadline = new Deadline(clock, new Lock(), () => { }, Unexpected);
        deadline.Set(TimeSpan.Zero);

        Assert.True(clock.Delays[0] > TimeSpan.Zero);
    }

    private static void Unexpected(Exception e) => Assert.Fail(e.ToString());

    /// <summary>Keeps every callback, disposed timers' too: a disposed timer may have fired already.</summary>
    private sealed class ByHand : TimeProvider
    {
        private readonly List<Action> _callbacks = [];

        public List<TimeSpan> Delays { get; } = [];

        public void Fire(int timer) => _callbacks[timer]();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callbacks.Add(() => callback(state));
            Delays.Add(dueTime);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
