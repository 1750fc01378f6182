using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Fink.Distribution.Publishing.Native;
using Fink.Kafka.Clients;
using static Fink.Distribution.Publishing.Native.LibRdKafka;

namespace Fink.Distribution.Publishing;

/// <summary>
/// Sends alerts through librdkafka's own interface: no object and no array per message. Nothing here ever waits for a
/// delivery; reports come by <see cref="Poll"/>. One thread.
/// </summary>
internal sealed unsafe class AlertProducer : IDisposable
{
    private const int ReportsAtOnce = 256;

    private readonly ProducerHandle _producer;
    private readonly nint _client;
    private readonly nint _queue;
    private readonly IDeliveryReports _reports;
    private readonly ClientWatch _watch;
    private readonly List<TopicHandle> _topics = [];
    private readonly long _queueBytes;
    private long _inFlightBytes;

    /// <param name="settings">librdkafka's.</param>
    /// <param name="queueBytes">What may be unacknowledged, keys counted: librdkafka's own limit leaves them out, and a schema
    /// as the key is often larger than the alert.</param>
    /// <param name="reports">Told how each message fared.</param>
    /// <param name="watch">Told what goes wrong between us and the brokers.</param>
    /// <exception cref="ArgumentException">librdkafka refuses a setting.</exception>
    public AlertProducer(IEnumerable<KeyValuePair<string, string>> settings, long queueBytes, IDeliveryReports reports, ClientWatch watch)
    {
        (_queueBytes, _reports, _watch) = (queueBytes, reports, watch);
        _producer = ProducerHandle.Create(settings);
        _client = _producer.DangerousGetHandle();
        _queue = rd_kafka_queue_get_main(_client);
    }

    /// <summary>Why the producer can send nothing more, or null.</summary>
    public string? FatalError { get; private set; }

    public TopicHandle Open(string topic, int partitions, string? compression)
    {
        var handle = TopicHandle.Create(_client, topic, partitions, compression);
        _topics.Add(handle);
        return handle;
    }

    /// <summary>Hands a message over. False when the queue is full: poll, and try again.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="error">Not zero when librdkafka refuses the message: it will not be reported.</param>
    public bool TrySend(in AlertMessage message, out int error)
    {
        var bytes = message.Value.Length + message.Key.Length;
        if (_inFlightBytes > 0 && _inFlightBytes + bytes > _queueBytes)
        {
            error = Ok;
            return false;
        }

        fixed (byte* value = message.Value, key = message.Key, objectId = message.ObjectId, alertId = message.AlertId)
        fixed (byte* fingerprint = message.Fingerprint, rule = message.Rule, time = message.Time, wire = message.Wire)
        fixed (byte* objectName = "objectId\0"u8, alertName = "alertId\0"u8, schemaName = "schema\0"u8)
        fixed (byte* ruleName = "rule\0"u8, timeName = "time\0"u8, wireName = "wire\0"u8)
        {
            const int most = 11;
            var arguments = stackalloc Argument[most];
            var next = arguments;
            *next++ = new Argument { Type = ArgumentType.TopicHandle, Pointer = message.Topic.Handle };
            *next++ = new Argument { Type = ArgumentType.Partition, Number = message.Partition };
            *next++ = new Argument { Type = ArgumentType.Value, Pointer = (nint)value, Size = message.Value.Length };
            *next++ = new Argument { Type = ArgumentType.Opaque, Pointer = (nint)message.Tag };
            if (!message.Key.IsEmpty)
            {
                *next++ = new Argument { Type = ArgumentType.Key, Pointer = (nint)key, Size = message.Key.Length };
            }

            *next++ = Header(objectName, objectId, message.ObjectId);
            *next++ = Header(alertName, alertId, message.AlertId);
            *next++ = Header(schemaName, fingerprint, message.Fingerprint);
            *next++ = Header(ruleName, rule, message.Rule);
            *next++ = Header(timeName, time, message.Time);
            if (!message.Wire.IsEmpty)
            {
                *next++ = Header(wireName, wire, message.Wire);
            }

            error = Code(rd_kafka_produceva(_client, arguments, (nuint)(next - arguments)));
        }

        if (error != QueueFull)
        {
            _inFlightBytes += error == Ok ? bytes : 0;
            return true;
        }

        error = Ok;
        return false;
    }

    /// <summary>Takes in what librdkafka has to say, waiting for it at most so long; returns how many messages it reported.</summary>
    public int Poll(int timeoutMs)
    {
        var reported = 0;
        for (var wait = timeoutMs; rd_kafka_queue_poll(_queue, wait) is var @event and not 0; wait = 0)
        {
            reported += Take(@event);
            rd_kafka_event_destroy(@event);
        }

        return reported;
    }

    /// <summary>Gives up every message that is not acknowledged yet; each is reported as failed.</summary>
    public void Purge() => _ = rd_kafka_purge(_client, PurgeQueued | PurgeInFlight);

    public void Dispose()
    {
        foreach (var topic in _topics)
        {
            topic.Dispose();
        }

        rd_kafka_queue_destroy(_queue);
        _producer.Dispose();
    }

    private static Argument Header(byte* name, byte* value, ReadOnlySpan<byte> bytes) => new()
    {
        Type = ArgumentType.Header,
        Pointer = (nint)name,
        // A header without a value is one that points nowhere; an empty one points somewhere.
        HeaderValue = value == null ? name : value,
        HeaderSize = bytes.Length,
    };

    private static int Code(nint error)
    {
        if (error == 0)
        {
            return Ok;
        }

        var code = rd_kafka_error_code(error);
        rd_kafka_error_destroy(error);
        return code;
    }

    private int Take(nint @event)
    {
        switch (rd_kafka_event_type(@event))
        {
            case EventDeliveryReport:
                return Report(@event);
            case EventError:
                TakeError(@event);
                return 0;
            default:
                return 0;
        }
    }

    private int Report(nint @event)
    {
        var messages = stackalloc Message*[ReportsAtOnce];
        var reported = 0;
        while ((int)rd_kafka_event_message_array(@event, messages, ReportsAtOnce) is var count and > 0)
        {
            for (var i = 0; i < count; i++)
            {
                Report(messages[i]);
            }

            reported += count;
        }

        return reported;
    }

    private void Report(Message* message)
    {
        _inFlightBytes -= (long)(message->Length + message->KeyLength);
        if (message->Error == Ok)
        {
            _reports.Delivered(message->Opaque);
            return;
        }

        var failure = new FailedDelivery(
            AlertIdOf(message), Describe(message->Error), FailedDelivery.CanErrorPass(message->Error))
        {
            HasTimedOut = message->Error == MessageTimedOut,
        };
        _reports.Failed(message->Opaque, failure);
    }

    private void TakeError(nint @event)
    {
        var code = rd_kafka_event_error(@event);
        if (code == Fatal)
        {
            var text = stackalloc byte[MaximumErrorText];
            _ = rd_kafka_fatal_error(_client, text, MaximumErrorText);
            FatalError = Marshal.PtrToStringUTF8((nint)text);
            return;
        }

        _watch.OnError(new Error((ErrorCode)code, Marshal.PtrToStringUTF8((nint)rd_kafka_event_error_string(@event))));
    }

    private static string AlertIdOf(Message* message) =>
        rd_kafka_message_headers(message, out var headers) == Ok
        && rd_kafka_header_get_last(headers, "alertId", out var value, out var size) == Ok
            ? Encoding.UTF8.GetString(value, (int)size)
            : "";
}
