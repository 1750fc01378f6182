using System.Globalization;
using Fink.Distribution.Configuration;
using Fink.Distribution.Routing;
using Fink.Kafka;
using Fink.Kafka.Topics;

namespace Fink.Distribution.Publishing;

/// <summary>A topic that alerts can go to, or cannot.</summary>
/// <param name="Partitions">How many it has.</param>
/// <param name="Unavailable">Why no alert can be sent there, or null.</param>
internal sealed record PreparedTopic(int Partitions, string? Unavailable);

/// <summary>Makes topics with their settings before the first alert goes there, and says where one exists with others.</summary>
internal interface ITopicPreparation
{
    Task<IReadOnlyList<PreparedTopic>> PrepareAsync(IReadOnlyList<AlertTopic> topics, CancellationToken cancellationToken);
}

/// <param name="topics">The cluster's topics.</param>
/// <param name="notice">Told of each topic that exists with other settings.</param>
internal sealed class TopicPreparation(TopicAdmin topics, Action<string> notice) : ITopicPreparation
{
    private const string MaxMessageBytes = "max.message.bytes";

    public async Task<IReadOnlyList<PreparedTopic>> PrepareAsync(IReadOnlyList<AlertTopic> wanted, CancellationToken cancellationToken)
    {
        var unavailable = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var creations = await topics.CreateAsync([.. wanted.Select(Specify)], ifNotExists: true, cancellationToken);
            Report(wanted, creations);
        }
        catch (KafkaOperationException e) when (e.Items.Count > 0)
        {
            foreach (var item in e.Items)
            {
                unavailable[item.Item] = item.Reason;
            }
        }

        var partitions = await PartitionsAsync([.. wanted.Select(topic => topic.Name)], unavailable, cancellationToken);
        return
        [
            .. wanted.Select(topic => partitions.TryGetValue(topic.Name, out var count)
                ? new PreparedTopic(count, null)
                : new PreparedTopic(0, unavailable[topic.Name])),
        ];
    }

    internal static TopicSpecification Specify(AlertTopic topic)
    {
        var configs = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [MaxMessageBytes] = Text(topic.Settings.MaxMessageBytes ?? PublishSettings.DefaultMaxMessageBytes),
        };
        if (topic.Settings.Retention is { } retention)
        {
            configs["retention.ms"] = retention == Timeout.InfiniteTimeSpan ? "-1" : Text((long)retention.TotalMilliseconds);
        }

        if (topic.Settings.Compression is { } compression)
        {
            configs["compression.type"] = compression == "none" ? "uncompressed" : compression;
        }

        return new TopicSpecification(topic.Name, topic.Settings.Partitions, topic.Settings.ReplicationFactor, configs);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private void Report(IReadOnlyList<AlertTopic> wanted, IReadOnlyList<TopicCreation> creations)
    {
        foreach (var creation in creations)
        {
            var settings = wanted.First(topic => topic.Name == creation.Name).Settings;
            var differences = creation.Differences.Where(difference => Matters(difference, settings))
                .Select(difference => $"{difference.Setting} is {difference.Actual}, wanted is {difference.Wanted}").ToList();
            if (differences.Count > 0)
            {
                notice($"topic {creation.Name} exists with other settings, left as they are: {string.Join("; ", differences)}");
            }
        }
    }

    /// <summary>A limit of messages that no rule sets is ours: a larger one does no harm.</summary>
    private static bool Matters(SettingDifference difference, TopicSettings settings) =>
        difference.Setting != MaxMessageBytes
        || settings.MaxMessageBytes is not null
        || !long.TryParse(difference.Actual, NumberStyles.None, CultureInfo.InvariantCulture, out var actual)
        || actual < PublishSettings.DefaultMaxMessageBytes;

    /// <summary>
    /// Of all topics in one question, those too that could not be made: one may be there, and only its making be denied.
    /// What cannot be seen is added to <paramref name="unavailable"/>, where no reason is known yet.
    /// </summary>
    private async Task<Dictionary<string, int>> PartitionsAsync(
        List<string> names, Dictionary<string, string> unavailable, CancellationToken cancellationToken)
    {
        while (names.Count > 0)
        {
            try
            {
                var found = await topics.DescribeAsync(names, cancellationToken);
                return found.ToDictionary(topic => topic.Name, topic => topic.Partitions.Count, StringComparer.Ordinal);
            }
            catch (KafkaOperationException e) when (
                e.Kind is FailureKind.NotFound or FailureKind.Denied or FailureKind.Failed && e.Items.Any(item => names.Contains(item.Item)))
            {
                foreach (var item in e.Items)
                {
                    unavailable.TryAdd(item.Item, item.Reason);
                    names.Remove(item.Item);
                }
            }
        }

        return [];
    }
}
