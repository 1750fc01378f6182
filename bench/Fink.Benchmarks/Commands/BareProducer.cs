using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace Fink.Benchmarks.Commands;

/// <summary>
/// What Confluent.Kafka and the broker allow when nothing is read or encoded: messages of one size with one key, sent and
/// waited for. Prints <c>messages seconds peakMegabytes cpuSeconds allocatedMegabytes</c>. With <c>as-alerts</c> each message is
/// made as an alert would be through Confluent.Kafka: an array of its own and five headers.
/// </summary>
internal static class BareProducer
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var properties, var topic, var messages, var valueSize, var keySize, .. [] or ["as-alerts"]])
        {
            await Console.Error.WriteLineAsync("usage: produce LIBRDKAFKA.conf TOPIC MESSAGES VALUE_BYTES KEY_BYTES [as-alerts]");
            return 2;
        }

        var count = int.Parse(messages, CultureInfo.InvariantCulture);
        var value = RandomBytes(int.Parse(valueSize, CultureInfo.InvariantCulture));
        var key = RandomBytes(int.Parse(keySize, CultureInfo.InvariantCulture));
        var config = new ProducerConfig { EnableIdempotence = true, LingerMs = 5, BatchSize = 1 << 20, MessageMaxBytes = 16 << 20, QueueBufferingMaxKbytes = 64 << 10 };
        foreach (var line in (await File.ReadAllLinesAsync(properties)).Where(line => line.Contains('=') && line[0] != '#'))
        {
            var (name, setting) = (line[..line.IndexOf('=', StringComparison.Ordinal)], line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            config.Set(name.Trim(), setting.Trim());
        }

        var clock = Stopwatch.StartNew();
        Send(config, topic, count, key, value, asAlerts: arguments.Length > 5);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {clock.Elapsed.TotalSeconds:0.000} {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} {Environment.CpuUsage.TotalTime.TotalSeconds:0.00} {GC.GetTotalAllocatedBytes() >> 20}"));
        return 0;
    }

    private static void Send(ProducerConfig config, string topic, int count, byte[] key, byte[] value, bool asAlerts)
    {
        var failed = 0;
        using var producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        for (var i = 0; i < count; i++)
        {
            var message = new Message<byte[], byte[]> { Key = key, Value = asAlerts ? [.. value] : value, Headers = asAlerts ? Headers(i) : null };
            while (!TryProduce(producer, topic, message, report => failed += report.Error.IsError ? 1 : 0))
            {
                producer.Poll(TimeSpan.FromMilliseconds(5));
            }
        }

        while (producer.Flush(TimeSpan.FromSeconds(10)) > 0)
        {
        }

        if (failed > 0)
        {
            throw new InvalidOperationException($"{failed} of {count} messages were not delivered");
        }
    }

    private static Headers Headers(int alert)
    {
        var id = Encoding.UTF8.GetBytes(alert.ToString(CultureInfo.InvariantCulture));
        return new Headers { { "objectId", id }, { "alertId", id }, { "schema", id }, { "rule", id }, { "time", id } };
    }

    private static bool TryProduce(
        IProducer<byte[], byte[]> producer, string topic, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>> onReport)
    {
        try
        {
            producer.Produce(topic, message, onReport);
            return true;
        }
        catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    /// <summary>Like gzipped cutouts, they do not compress.</summary>
    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
