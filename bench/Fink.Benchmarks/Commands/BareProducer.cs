using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;

namespace Fink.Benchmarks.Commands;

/// <summary>
/// What Confluent.Kafka and the broker allow when nothing is read or encoded: messages of one size with one key, sent and
/// waited for. Prints <c>messages seconds peakMegabytes</c>.
/// </summary>
internal static class BareProducer
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var properties, var topic, var messages, var valueSize, var keySize])
        {
            await Console.Error.WriteLineAsync("usage: produce LIBRDKAFKA.conf TOPIC MESSAGES VALUE_BYTES KEY_BYTES");
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
        Send(config, topic, count, key, value);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {clock.Elapsed.TotalSeconds:0.000} {Process.GetCurrentProcess().PeakWorkingSet64 >> 20}"));
        return 0;
    }

    private static void Send(ProducerConfig config, string topic, int count, byte[] key, byte[] value)
    {
        var failed = 0;
        using var producer = new ProducerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        for (var i = 0; i < count; i++)
        {
            var message = new Message<byte[], byte[]> { Key = key, Value = value };
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
