using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Fetching;

/// <summary>How much a fetch gives at most and waits for at least, in bytes of all partitions together.</summary>
internal readonly record struct FetchLimits(int MaxBytes, int MinBytes, TimeSpan MaxWait)
{
    /// <param name="brokerMaxBytes">The broker's own limit: more is waited for by nobody.</param>
    public static FetchLimits Of(FetchRequest request, int brokerMaxBytes)
    {
        var maxBytes = Math.Clamp(request.MaxBytes, 0, brokerMaxBytes);
        return new FetchLimits(maxBytes, Math.Min(request.MinBytes, maxBytes), TimeSpan.FromMilliseconds(Math.Max(0, request.MaxWaitMs)));
    }
}
