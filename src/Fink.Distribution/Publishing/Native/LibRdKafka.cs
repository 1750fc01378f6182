using System.Runtime.InteropServices;
using Fink.Kafka.Clients;

namespace Fink.Distribution.Publishing.Native;

/// <summary>
/// The part of librdkafka's C interface (rdkafka.h) that producing needs. Confluent.Kafka brings the library itself; its
/// Produce wants an array a message and an object a report.
/// </summary>
internal static unsafe partial class LibRdKafka
{
    public const int Ok = 0;
    public const int ProducerType = 0;
    public const int MaximumErrorText = 512;

    public const int EventDeliveryReport = 0x1;
    public const int EventLog = 0x2;
    public const int EventError = 0x8;

    public const int QueueFull = -184;
    public const int MessageTimedOut = -192;
    public const int Fatal = -150;
    public const int PurgedFromQueue = -152;
    public const int PurgedInFlight = -151;
    public const int InvalidMessage = 2;
    public const int MessageTooLarge = 10;
    public const int InvalidRecord = 87;

    public const int PurgeQueued = 0x1;
    public const int PurgeInFlight = 0x2;

    private const string Library = "librdkafka";

    /// <summary>The same build as the admin's and the consumers': left to itself, .NET takes a system's older one where there is one.</summary>
    static LibRdKafka() => NativeLibrary.SetDllImportResolver(typeof(LibRdKafka).Assembly, NativeClient.Resolve);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_conf_new();

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_destroy(nint conf);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_conf_set(nint conf, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_conf_set_events(nint conf, int events);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_new(int type, nint conf, byte* error, nuint errorSize);

    [LibraryImport(Library)]
    public static partial void rd_kafka_destroy(nint client);

    [LibraryImport(Library)]
    public static partial int rd_kafka_set_log_queue(nint client, nint queue);

    [LibraryImport(Library)]
    public static partial int rd_kafka_purge(nint client, int flags);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_default_topic_conf_dup(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_conf_destroy(nint conf);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_topic_conf_set(nint conf, string name, string value, byte* error, nuint errorSize);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint rd_kafka_topic_new(nint client, string name, nint conf);

    [LibraryImport(Library)]
    public static partial void rd_kafka_topic_destroy(nint topic);

    /// <returns>An error to destroy, or zero.</returns>
    [LibraryImport(Library)]
    public static partial nint rd_kafka_produceva(nint client, Argument* arguments, nuint count);

    [LibraryImport(Library)]
    public static partial int rd_kafka_error_code(nint error);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_error_string(nint error);

    [LibraryImport(Library)]
    public static partial void rd_kafka_error_destroy(nint error);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_get_main(nint client);

    [LibraryImport(Library)]
    public static partial void rd_kafka_queue_destroy(nint queue);

    [LibraryImport(Library)]
    public static partial nint rd_kafka_queue_poll(nint queue, int timeoutMs);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_type(nint @event);

    [LibraryImport(Library)]
    public static partial int rd_kafka_event_error(nint @event);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_event_error_string(nint @event);

    [LibraryImport(Library)]
    public static partial nuint rd_kafka_event_message_array(nint @event, Message** messages, nuint size);

    [LibraryImport(Library)]
    public static partial void rd_kafka_event_destroy(nint @event);

    [LibraryImport(Library)]
    public static partial int rd_kafka_message_headers(Message* message, out nint headers);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rd_kafka_header_get_last(nint headers, string name, out byte* value, out nuint size);

    [LibraryImport(Library)]
    public static partial byte* rd_kafka_err2str(int error);

    [LibraryImport(Library)]
    public static partial int rd_kafka_fatal_error(nint client, byte* error, nuint errorSize);

    /// <summary>The text of an error code.</summary>
    public static string Describe(int error) => Marshal.PtrToStringUTF8((nint)rd_kafka_err2str(error)) ?? $"error {error}";

    /// <summary><c>rd_kafka_message_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public int Error;
        public nint Topic;
        public int Partition;
        public void* Payload;
        public nuint Length;
        public void* Key;
        public nuint KeyLength;
        public long Offset;
        public nint Opaque;
    }
}
