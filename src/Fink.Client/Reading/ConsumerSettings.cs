using Confluent.Kafka;

namespace Fink.Client.Reading;

/// <summary>The connection's settings, and what reading alerts needs.</summary>
internal static class ConsumerSettings
{
    public static ConsumerConfig Of(AlertConsumerOptions options) => new(options.Connection.Settings.ToDictionary())
    {
        // The client library insists on a name even where no group is joined.
        GroupId = options.Group ?? "none",
        EnableAutoCommit = options.Group is not null && options.Commit == CommitMode.Automatic,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        IsolationLevel = IsolationLevel.ReadCommitted,

        // How long a broker holds its "nothing more" back.
        FetchWaitMaxMs = options.UntilEnd ? 50 : 500,
        AllowAutoCreateTopics = false,

        // Whoever reads slower than the broker sends fills librdkafka's queue, which then rests for a second by default:
        // longer than it takes to read what is in it.
        FetchQueueBackoffMs = 10,
    };
}
