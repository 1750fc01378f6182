using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Fink.Client;

namespace Fink.Benchmarks.Commands;

/// <summary>
/// Reads a topic to its end and prints one line of key=value, as `consume_peer.py` does:
/// `consume TOPIC BOOTSTRAP raw|facts|all`. `raw` is Confluent.Kafka's own poll of keys and values; `facts` reads what a
/// table shows; `all` decodes every field.
/// </summary>
internal static class ConsumeLoad
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var topic, var servers, "raw" or "facts" or "all"])
        {
            await Console.Error.WriteLineAsync("consume TOPIC BOOTSTRAP raw|facts|all");
            return 2;
        }

        var how = args[2];
        var (messages, bytes, fields, seconds) = how == "raw" ? Poll(topic, servers) : await ReadAsync(topic, servers, how == "all");
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mode=fink-client how={how} msgs={messages} seconds={seconds:F3} msgs_s={messages / seconds:F0} value_MB_s={bytes / seconds / 1e6:F1} fields={fields} "
            + $"cpu_s={self.TotalProcessorTime.TotalSeconds:F2} rss_MB={self.PeakWorkingSet64 >> 20} allocated_MB={GC.GetTotalAllocatedBytes() >> 20}"));
        return 0;
    }

    private static (long Messages, long Bytes, long Fields, double Seconds) Poll(string topic, string servers)
    {
        Librdkafka.LibrdkafkaBuild.Choose();
        var config = new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = "peer",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, TimeSpan.FromSeconds(10)).Topics[0].Partitions;
        consumer.Assign(partitions.Select(partition => new TopicPartitionOffset(topic, partition.PartitionId, Offset.Beginning)));
        var (messages, bytes, open) = (0L, 0L, partitions.Count);
        var start = Stopwatch.GetTimestamp();
        while (open > 0)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(5));
            if (result is { IsPartitionEOF: false })
            {
                messages++;
                bytes += result.Message.Value.Length;
            }
            else if (result is not null)
            {
                open--;
            }
        }

        return (messages, bytes, 0, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task<(long Messages, long Bytes, long Fields, double Seconds)> ReadAsync(string topic, string servers, bool all)
    {
        var consumer = AlertConsumer.Create(new AlertConsumerOptions { Connection = AlertConnection.To(servers), Topics = [topic], UntilEnd = true });
        var (messages, bytes, fields) = (0L, 0L, 0L);
        var start = 0L;
        await foreach (var alert in consumer.ReadAsync())
        {
            // From the first alert: connecting and looking the topic up is not in the others' times either.
            start = start == 0 ? Stopwatch.GetTimestamp() : start;
            messages++;
            bytes += alert.Datum.Length;
            fields += all ? Decoded(alert.Record) : Facts(alert);
        }

        return (messages, bytes, fields, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static long Facts(Alert alert)
    {
        var facts = alert.Facts;
        return (alert.ObjectId is null ? 0 : 1) + (alert.AlertId is null ? 0 : 1) + (facts.Time is null ? 0 : 1)
            + (facts.Band is null ? 0 : 1) + (facts.Magnitude is null ? 0 : 1) + (facts.Class is null ? 0 : 1);
    }

    /// <summary>Everything as an object: texts are made, bytes are copied.</summary>
    private static long Decoded(AlertValue value)
    {
        switch (value.Kind)
        {
            case AlertValueKind.Record or AlertValueKind.Map:
                var fields = 0L;
                foreach (var field in value.Fields)
                {
                    fields += Decoded(field.Value);
                }

                return fields;
            case AlertValueKind.List:
                var items = 0L;
                foreach (var item in value.Items)
                {
                    items += Decoded(item);
                }

                return items;
            case AlertValueKind.Text:
                return value.AsString() is null ? 0 : 1;
            case AlertValueKind.Bytes:
                return value.AsBytes().ToArray() is null ? 0 : 1;
            case AlertValueKind.Whole:
                return value.TryGetLong(out _) ? 1 : 0;
            case AlertValueKind.Real:
                return value.TryGetDouble(out _) ? 1 : 0;
            default:
                return 1;
        }
    }
}
