using Fink.Kafka.Broker.Listeners;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Listeners;

/// <summary>How long the bytes of a request are waited for; slow is 4 KB a second, the grace 30 seconds.</summary>
public sealed class PatienceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Patience _patience;

    public PatienceTests() => _patience = new Patience(_time);

    [Fact]
    public void Who_sends_nothing_has_the_grace_alone()
    {
        _patience.WaitForBytes();
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(_patience.IsOver);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_patience.IsOver);
    }

    [Fact]
    public void Who_sends_slowly_but_steadily_may_take_hours()
    {
        _patience.WaitForBytes();
        for (var second = 0; second < 20_000; second += 10)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.False(_patience.IsOver);
            _patience.Came(50 * 1024);
        }
    }

    [Fact]
    public void Who_sends_a_byte_now_and_then_gains_nothing_by_it()
    {
        _patience.WaitForBytes();
        for (var second = 0; second < 31; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _patience.Came(1);
        }

        Assert.True(_patience.IsOver);
    }

    [Fact]
    public void Who_has_sent_much_at_once_may_not_be_silent_for_longer()
    {
        _patience.WaitForBytes();
        _patience.Came(50_000_000);

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_patience.IsOver);
    }
}
