using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Fink.Benchmarks.Commands;

/// <summary>
/// One load on a broker, with Confluent.Kafka as its client whoever the broker is. Each prints one line of figures;
/// bench/broker.sh runs them on two brokers in turn.
/// </summary>
internal static class BrokerLoad
{
    private const string Usage = """
        usage: broker ready ADDRESS                        milliseconds since 1970 when it first answered a request
               broker produce ADDRESS TOPIC COUNT BYTES    megabytes a second, acks=all, until the last is acknowledged
               broker fetch ADDRESS TOPIC COUNT BYTES      megabytes a second, from the first message
               broker latency ADDRESS TOPIC COUNT          p50 and p99 in milliseconds from send to receipt, 100 a second
               broker topic ADDRESS TOPIC PARTITIONS       seconds to make it
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["ready", var address]:
                Console.WriteLine(await ReadyAsync(IPEndPoint.Parse(address)));
                return 0;
            case ["produce", var address, var topic, var count, var bytes]:
                Print(Produce(address, topic, Int(count), Int(bytes)));
                return 0;
            case ["fetch", var address, var topic, var count, var bytes]:
                Print(Fetch(address, topic, Int(count), Int(bytes)));
                return 0;
            case ["latency", var address, var topic, var count]:
                var (median, worst) = await LatencyAsync(address, topic, Int(count));
                Print(median, worst);
                return 0;
            case ["topic", var address, var topic, var partitions]:
                Print(await CreateAsync(address, topic, Int(partitions)));
                return 0;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Print(params double[] figures) =>
        Console.WriteLine(string.Join(' ', figures.Select(figure => figure.ToString("0.000", CultureInfo.InvariantCulture))));

    /// <summary>Asks for ApiVersions until somebody answers: the first thing that every client does.</summary>
    private static async Task<long> ReadyAsync(IPEndPoint address)
    {
        // Length, key 18, version 0, correlation id 1, no client id.
        byte[] request = [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff];
        var answer = new byte[4];
        while (true)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(address);
                await client.GetStream().WriteAsync(request);
                await client.GetStream().ReadExactlyAsync(answer);
                return BinaryPrimitives.ReadInt32BigEndian(answer) > 0
                    ? TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()
                    : throw new InvalidOperationException("an empty answer");
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                await Task.Delay(2);
            }
        }
    }

    private static double Produce(string address, string topic, int count, int bytes)
    {
        var value = new byte[bytes];
        new Random(1).NextBytes(value);
        var failed = 0;
        var config = new ProducerConfig
        {
            BootstrapServers = address,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 5,
            BatchSize = 1_000_000,
            MessageMaxBytes = 10_000_000,
            QueueBufferingMaxKbytes = 64 << 10,
            QueueBufferingMaxMessages = 1_000_000,
        };
        using var producer = new ProducerBuilder<Null, byte[]>(config).Build();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            while (!TryProduce(i))
            {
                producer.Poll(TimeSpan.FromMilliseconds(5));
            }
        }

        while (producer.Flush(TimeSpan.FromSeconds(10)) > 0)
        {
        }

        return failed == 0
            ? (double)count * bytes / 1e6 / clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"{failed} of {count} messages were not delivered");

        bool TryProduce(int i)
        {
            try
            {
                producer.Produce(
                    new TopicPartition(topic, i % 4), new Message<Null, byte[]> { Value = value }, report => failed += report.Error.IsError ? 1 : 0);
                return true;
            }
            catch (ProduceException<Null, byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                return false;
            }
        }
    }

    private static double Fetch(string address, string topic, int count, int bytes)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = address,
            GroupId = "bench",
            EnableAutoCommit = false,
            FetchMaxBytes = 50 << 20,
            MaxPartitionFetchBytes = 8 << 20,
            QueuedMaxMessagesKbytes = 64 << 10,
            CheckCrcs = false,
        };
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(config).Build();
        consumer.Assign(Enumerable.Range(0, 4).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var clock = Stopwatch.StartNew();
        for (var read = 0; read < count;)
        {
            if (consumer.Consume(TimeSpan.FromSeconds(30)) is not { } result)
            {
                throw new InvalidOperationException($"nothing came for 30 seconds after {read} of {count} messages");
            }

            read += result.Message.Value.Length == bytes ? 1 : throw new InvalidOperationException("a message of another size");
        }

        return (double)count * bytes / 1e6 / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double Median, double Worst)> LatencyAsync(string address, string topic, int count)
    {
        using var producer = new ProducerBuilder<Null, byte[]>(new ProducerConfig { BootstrapServers = address, Acks = Acks.All, LingerMs = 0 }).Build();
        using var consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig { BootstrapServers = address, GroupId = "bench-latency", FetchWaitMaxMs = 500 }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.End));
        var warmUp = Math.Min(100, count);
        var took = new List<double>(count);
        var receiving = Task.Run(() =>
        {
            while (took.Count < count + warmUp)
            {
                if (consumer.Consume(TimeSpan.FromSeconds(30)) is not { } result)
                {
                    throw new InvalidOperationException($"nothing came for 30 seconds after {took.Count} messages");
                }

                took.Add(Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(result.Message.Value)).TotalMilliseconds);
            }
        });
        // The consumer must know the end before the first message moves it.
        await Task.Delay(2000);
        for (var i = 0; i < count + warmUp; i++)
        {
            var value = new byte[1000];
            BinaryPrimitives.WriteInt64LittleEndian(value, Stopwatch.GetTimestamp());
            producer.Produce(new TopicPartition(topic, 0), new Message<Null, byte[]> { Value = value });
            producer.Poll(TimeSpan.Zero);
            await Task.Delay(10);
        }

        await receiving;
        var sorted = took.Skip(warmUp).Order().ToArray();
        return (sorted[sorted.Length / 2], sorted[sorted.Length * 99 / 100]);
    }

    private static async Task<double> CreateAsync(string address, string topic, int partitions)
    {
        // Kafka refuses to write more than 10,000 metadata records for one request.
        const int mostAtOnce = 1000;
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address }).Build();
        var clock = Stopwatch.StartNew();
        for (var made = 0; made < partitions; made += mostAtOnce)
        {
            await admin.CreateTopicsAsync(
                [
                    new TopicSpecification
                    {
                        Name = made == 0 ? topic : $"{topic}-{made}",
                        NumPartitions = Math.Min(mostAtOnce, partitions - made),
                        ReplicationFactor = 1,
                    },
                ],
                new CreateTopicsOptions { RequestTimeout = TimeSpan.FromMinutes(5), OperationTimeout = TimeSpan.FromMinutes(5) });
        }

        return clock.Elapsed.TotalSeconds;
    }
}
