namespace Fink.Slack.Api;

/// <summary>Slack takes about one message a second for each channel; who keeps to it is not told to wait.</summary>
internal sealed class ChannelPace(TimeProvider time)
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, long> _last = [];

    /// <summary>Returns when the channel may have its next message.</summary>
    public async Task WaitAsync(string channel, CancellationToken cancellationToken)
    {
        if (_last.TryGetValue(channel, out var last) && Gap - time.GetElapsedTime(last) is var rest && rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Slack has the message by now: the time that it took on its way is not taken off the pause.</summary>
    public void Sent(string channel) => _last[channel] = time.GetTimestamp();
}
