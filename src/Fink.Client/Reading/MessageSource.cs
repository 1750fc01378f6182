using Confluent.Kafka;
using Fink.Librdkafka;

namespace Fink.Client.Reading;

/// <summary>
/// Owns the consumer. Without a group it takes every partition by itself and commits nothing; with one it subscribes,
/// and what is <see cref="Done"/> is committed.
/// </summary>
internal sealed class MessageSource : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly AlertReaderOptions _options;
    private readonly ReadTrouble _trouble;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private readonly StartOffsets _starts;
    private readonly EndOffsets? _ends;
    private bool _isAssigned;

    private MessageSource(AlertReaderOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _trouble = new ReadTrouble(options, timeProvider);
        LibrdkafkaBuild.Choose();
        _consumer = Build();
        _starts = new StartOffsets(_consumer, options);
        _ends = options.UntilEnd ? new EndOffsets(_consumer, options.Timeout) : null;
    }

    /// <summary>Connects, looks the topics up, and stands at the start of each partition. Blocks.</summary>
    public static MessageSource Open(
        AlertReaderOptions options, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var source = new MessageSource(options, timeProvider);
        try
        {
            source.Start(cancellationToken);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The next message, or null at the end.</summary>
    public async ValueTask<ConsumeResult<byte[]?, byte[]?>?> NextAsync(CancellationToken cancellationToken)
    {
        while (!IsAtEnd())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = Consume(TimeSpan.Zero)
                ?? await Task.Run(() => Consume(Pause), cancellationToken).ConfigureAwait(false);
            if (result is null)
            {
                _trouble.ThrowIfHopeless();
                continue;
            }

            _trouble.Clear();
            if (result.IsPartitionEOF)
            {
                _ends?.Reached(result.TopicPartitionOffset);
            }
            else if (_ends is null || _ends.Takes(result.TopicPartitionOffset))
            {
                return result;
            }
        }

        return null;
    }

    public void Done(ConsumeResult<byte[]?, byte[]?> message)
    {
        if (_options.Group is not null)
        {
            _consumer.StoreOffset(message);
        }
    }

    public void Dispose()
    {
        if (_options.Group is not null)
        {
            // Commits what is done, and leaves the group at once instead of after its session time-out.
            _consumer.Close();
        }

        _consumer.Dispose();
    }

    private void Start(CancellationToken cancellationToken)
    {
        var partitions = new TopicLookup(_consumer, _options, _trouble, () => Consume(TimeSpan.Zero)).Partitions(cancellationToken);
        if (_options.Group is not null)
        {
            _consumer.Subscribe(_options.Topics);
            return;
        }

        _consumer.Assign(_trouble.Guard("find where to start", () => Assigned(_starts.Of(partitions))));
    }

    private List<TopicPartitionOffset> Assigned(List<TopicPartitionOffset> starts)
    {
        _ends?.Expect(starts);
        _isAssigned = true;
        return starts;
    }

    private bool IsAtEnd() => _ends is not null && _isAssigned && _ends.AreAllReached;

    private ConsumeResult<byte[]?, byte[]?>? Consume(TimeSpan wait)
    {
        try
        {
            return _consumer.Consume(wait);
        }
        catch (KafkaException e) when (_options.Group is null && e.Error.Code == ErrorCode.GroupAuthorizationFailed)
        {
            // librdkafka looks a coordinator up even where no group is joined; nothing depends on its answer.
            return null;
        }
        catch (KafkaException e)
        {
            _trouble.OnError(e.Error);
            if (!e.Error.IsLocalError)
            {
                throw _trouble.Explain(e.Error, e);
            }

            return null;
        }
    }

    private IConsumer<byte[]?, byte[]?> Build()
    {
        var config = new ConsumerConfig(_options.Connection.ToDictionary())
        {
            // The client library insists on a name even where no group is joined.
            GroupId = _options.Group ?? "none",
            EnableAutoCommit = _options.Group is not null,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            IsolationLevel = IsolationLevel.ReadCommitted,

            // How long a broker holds its "nothing more" back.
            FetchWaitMaxMs = _options.UntilEnd ? 50 : 500,
            AllowAutoCreateTopics = false,
        };
        try
        {
            return new ConsumerBuilder<byte[]?, byte[]?>(config)
                .SetErrorHandler((_, error) => _trouble.OnError(error))
                .SetLogHandler((_, message) => _trouble.OnLog(message))
                .SetPartitionsAssignedHandler((_, partitions) =>
                    _trouble.Guard("find where to start", () => Assigned(_starts.AfterCommitted(partitions))))
                .SetPartitionsRevokedHandler((_, partitions) => _ends?.Forget(partitions))
                .Build();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, $"Cannot read alerts: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
