using Fink.Client;
using Fink.Kafka;
using Fink.Kafka.Properties;
using Fink.ScienceDb;
using Fink.Viewer.LightCurves;

namespace Fink.Cli.Commands.Demo;

/// <summary>What is really in the night's files and in the topics.</summary>
internal sealed class TopicReading(string folder, string bootstrapServers, TimeProvider time)
{
    private const string CreatedByStart = "finkConsumer";

    /// <summary>Where the best light curve of the demo's own topic is: the offset of the alert with the most detections.</summary>
    public long BestCurve { get; private set; }

    public async Task<TopicCheck> CheckAsync(DemoTopic topic, long? sent, CancellationToken cancellationToken)
    {
        var isOfUser = topic.Name == DemoTopic.OfAna;
        var reader = isOfUser ? DemoScript.User : CreatedByStart;
        var properties = isOfUser ? $"{DemoScript.User}.properties" : Path.Combine("cluster", "credentials", $"{CreatedByStart}.properties");
        var expected = InFiles(topic);
        var found = await InTopicAsync(topic, properties, cancellationToken);
        return new TopicCheck(topic.Name, reader, expected, sent, found);
    }

    private List<string> InFiles(DemoTopic topic) =>
        [.. PlainQuery.Rows($"SELECT CAST(candid AS VARCHAR) FROM read_parquet({PlainQuery.Quote(Path.Combine(folder, "night", "*.parquet"))}) WHERE {topic.Count}").Select(row => row[0]!)];

    private async Task<List<string>> InTopicAsync(DemoTopic topic, string properties, CancellationToken cancellationToken)
    {
        var connection = new KafkaConnection(bootstrapServers, ClientProperties.Load(Path.Combine(folder, properties)));
        var reader = AlertConsumer.Create(
            new AlertConsumerOptions
            {
                Connection = AlertConnection.Of(connection.ToConsumerSettings()),
                Topics = [topic.Name],
                UntilEnd = true,
            },
            time);
        var found = new List<string>();
        var most = 0;
        await foreach (var alert in reader.ReadAsync(cancellationToken))
        {
            found.Add(alert.AlertId ?? "an alert without an id");
            var seen = topic.Name == DemoTopic.OfAna ? LightCurve.Of(alert).Measurements.Count(measurement => measurement.Kind != MeasurementKind.Limit) : 0;
            if (seen > most)
            {
                (most, BestCurve) = (seen, alert.Offset);
            }
        }

        return found;
    }
}
