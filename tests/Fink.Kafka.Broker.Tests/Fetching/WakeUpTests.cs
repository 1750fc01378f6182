using Fink.Kafka.Broker.Fetching;

namespace Fink.Kafka.Broker.Tests.Fetching;

public sealed class WakeUpTests
{
    [Fact]
    public void A_call_before_the_waiter_comes_is_not_lost_and_two_are_one()
    {
        var wakeUp = new WakeUp();
        wakeUp.Call();
        wakeUp.Call();

        Assert.True(wakeUp.NextAsync().AsTask().IsCompletedSuccessfully);
        Assert.False(wakeUp.NextAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_call_wakes_the_waiter_again_and_again()
    {
        var wakeUp = new WakeUp();
        for (var i = 0; i < 1000; i++)
        {
            var next = wakeUp.NextAsync().AsTask();
            var call = Task.Run(wakeUp.Call, TestContext.Current.CancellationToken);
            await next;
            await call;
        }

        Assert.False(wakeUp.NextAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task Many_callers_at_once_never_leave_the_waiter_asleep()
    {
        const int Calls = 20_000;
        var wakeUp = new WakeUp();
        var made = 0;
        var callers = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Calls; i++)
            {
                Interlocked.Increment(ref made);
                wakeUp.Call();
            }
        })));

        while (Volatile.Read(ref made) < 4 * Calls) await wakeUp.NextAsync();
        await callers;
    }
}
