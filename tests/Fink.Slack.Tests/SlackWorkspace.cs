using Fink.TestSupport.Slack;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Slack.Tests;

/// <summary>A workspace and a client of it, by a clock that only goes on while somebody waits.</summary>
internal sealed class SlackWorkspace : IAsyncDisposable
{
    private SlackWorkspace(SlackDouble slack, FakeTimeProvider time) => (Double, Time) = (slack, time);

    public SlackDouble Double { get; }

    public FakeTimeProvider Time { get; }

    public List<SlackWait> Waits { get; } = [];

    /// <summary>An answer that is never too late by the clock of the test, which may run fast.</summary>
    public SlackOptions Options => new(new SlackToken(SlackDouble.Token)) { Api = Double.Api, Timeout = TimeSpan.FromHours(20), OnWait = Waits.Add };

    public static async Task<SlackWorkspace> OpenAsync(params string[] channels)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.Zero));
        var workspace = new SlackWorkspace(await SlackDouble.StartAsync(time), time);
        foreach (var channel in channels)
        {
            workspace.Double.Channels[channel] = new SlackChannel();
        }

        return workspace;
    }

    public Task<SlackNotifier> ConnectAsync() => SlackNotifier.ConnectAsync(Options, Time, TestContext.Current.CancellationToken);

    /// <summary>Lets time pass until the task is done.</summary>
    public async Task<T> PassAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(task, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        return await task;
    }

    public ValueTask DisposeAsync() => Double.DisposeAsync();
}
