using Confluent.Kafka;
using Fink.Kafka;
using Fink.Kafka.Clients;
using Fink.Kafka.Topics;

namespace Fink.Distribution.WorkLists;

/// <summary>
/// The work list of a job in Kafka: the topic <c>fink-work-JOB</c>, kept for ever. Partition 0 has the ends of slices, those
/// behind it the slices, so that what a group lags behind there is what is left to do.
/// </summary>
internal sealed class KafkaWorkLog : IWorkLog, IDisposable
{
    public const int EndsPartition = 0;
    public const int SlicesPartition = 1;

    /// <summary>A list's end shows in the answer to a fetch that finds nothing, and brokers hold such an answer back for so long.</summary>
    public const int FetchWaitMs = 50;

    private const int Partitions = 2;
    private const int MostReplicas = 3;

    /// <summary>Fewer than the producer's queue takes: a long archive is many slices.</summary>
    private const int RecordsAtOnce = 10_000;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    /// <summary>How long brokers may be away once they have answered: a restart, a new leader.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(2);

    private readonly KafkaConnection _connection;
    private readonly TimeProvider _time;
    private readonly ClientWatch _watch;
    private readonly IConsumer<Ignore, byte[]> _reader;
    private readonly Lazy<IProducer<string, byte[]>> _producer;
    private bool _hasRead;

    public KafkaWorkLog(KafkaConnection connection, string job, TimeProvider time)
    {
        (_connection, _time, Name) = (connection, time, NameOf(job));
        _watch = new ClientWatch(connection);
        var config = new ConsumerConfig(connection.ToClientConfig())
        {
            GroupId = Name,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchWaitMaxMs = FetchWaitMs,
            FetchErrorBackoffMs = FetchWaitMs,
        };
        _reader = new ConsumerBuilder<Ignore, byte[]>(config)
            .SetErrorHandler((_, error) => _watch.OnError(error)).SetLogHandler((_, message) => _watch.OnLog(message)).Build();
        _producer = new Lazy<IProducer<string, byte[]>>(Producer);
    }

    /// <summary>The name of the topic, and of the group of workers.</summary>
    public string Name { get; }

    public static string NameOf(string job) => $"fink-work-{job}";

    /// <summary>Makes the topic where it is not there yet, on up to three brokers: the job's progress shall outlive one.</summary>
    /// <exception cref="KafkaOperationException">The cluster cannot be reached or refuses.</exception>
    public async Task CreateAsync(KafkaAdmin admin, CancellationToken cancellationToken)
    {
        var brokers = (await admin.Cluster.DescribeAsync(cancellationToken)).Brokers.Count;
        var replicas = (short)Math.Clamp(brokers, 1, MostReplicas);
        await admin.Topics.CreateAsync(
            [new TopicSpecification(Name, Partitions, replicas, new Dictionary<string, string> { ["retention.ms"] = "-1", ["cleanup.policy"] = "delete" })],
            ifNotExists: true,
            cancellationToken);
    }

    /// <exception cref="KafkaOperationException">The list cannot be read.</exception>
    public Task<IReadOnlyList<WorkRecord>> ReadAsync(CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<WorkRecord>>(() => Read(cancellationToken), cancellationToken);

    /// <exception cref="KafkaOperationException">A record was not acknowledged.</exception>
    public async Task<long> AppendAsync(IReadOnlyList<WorkRecord> records, CancellationToken cancellationToken)
    {
        var behindEnds = 0L;
        try
        {
            foreach (var some in records.Chunk(RecordsAtOnce))
            {
                var results = await Task.WhenAll(some.Select(record => _producer.Value.ProduceAsync(
                    new TopicPartition(Name, record.State == WorkState.Planned ? SlicesPartition : EndsPartition),
                    new Message<string, byte[]> { Key = record.Key(), Value = record.ToJson() },
                    cancellationToken)));
                behindEnds = results.Where(result => result.Partition.Value == EndsPartition)
                    .Select(result => result.Offset.Value + 1).Append(behindEnds).Max();
            }

            return behindEnds;
        }
        catch (KafkaException e)
        {
            throw _watch.Explain(e, $"append to the work list {Name}");
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        if (_producer.IsValueCreated)
        {
            _producer.Value.Dispose();
        }
    }

    private List<WorkRecord> Read(CancellationToken cancellationToken)
    {
        var records = new List<WorkRecord>();
        var ended = new HashSet<int>();
        var began = _time.GetTimestamp();
        try
        {
            if (!_hasRead && IsEmpty())
            {
                _hasRead = true;
                return records;
            }

            _reader.Assign(Enumerable.Range(0, Partitions).Select(partition => new TopicPartitionOffset(Name, partition, Offset.Beginning)));
            while (ended.Count < Partitions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_watch.Hopeless.IsCompleted && _time.GetElapsedTime(began) > (_hasRead ? LongestSilence : TimeSpan.Zero))
                {
                    throw _watch.Explain(new Error(ErrorCode.Local_AllBrokersDown), $"read the work list {Name}");
                }

                switch (_reader.Consume(Step))
                {
                    case { IsPartitionEOF: true } end:
                        ended.Add(end.Partition.Value);
                        break;
                    case { } result:
                        records.Add(WorkRecord.Parse(result.Message.Value, $"{Name} partition {result.Partition.Value} offset {result.Offset.Value}"));
                        break;
                    default:
                        break;
                }
            }
        }
        catch (KafkaException e)
        {
            throw _watch.Explain(e, $"read the work list {Name}");
        }
        finally
        {
            _reader.Unassign();
        }

        _hasRead = true;
        return records;
    }

    /// <summary>
    /// Asked first, for librdkafka looks for the leader of a topic that was just made only once a second when it is told to
    /// read there, and at once when it is asked for offsets.
    /// </summary>
    private bool IsEmpty()
    {
        try
        {
            return Enumerable.Range(0, Partitions)
                .Select(partition => _reader.QueryWatermarkOffsets(new TopicPartition(Name, partition), _connection.Timeout))
                .All(offsets => offsets.Low == offsets.High);
        }
        catch (KafkaException e) when (e.Error.Code is ErrorCode.NotLeaderForPartition or ErrorCode.LeaderNotAvailable
            or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic)
        {
            // The topic was made a moment ago and its leader does not know yet: reading waits for it, this question does not.
            return false;
        }
    }

    private IProducer<string, byte[]> Producer()
    {
        var config = new ProducerConfig(_connection.ToClientConfig())
        {
            EnableIdempotence = true,
            LingerMs = 0,
            MessageTimeoutMs = (int)LongestSilence.TotalMilliseconds,
        };
        return new ProducerBuilder<string, byte[]>(config)
            .SetErrorHandler((_, error) => _watch.OnError(error)).SetLogHandler((_, message) => _watch.OnLog(message)).Build();
    }
}
