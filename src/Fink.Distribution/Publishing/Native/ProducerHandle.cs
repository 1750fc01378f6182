using System.Runtime.InteropServices;
using static Fink.Distribution.Publishing.Native.LibRdKafka;

namespace Fink.Distribution.Publishing.Native;

/// <summary>Owns a librdkafka producer.</summary>
internal sealed unsafe class ProducerHandle : SafeHandle
{
    private ProducerHandle(nint client)
        : base(0, ownsHandle: true) => SetHandle(client);

    public override bool IsInvalid => handle == 0;

    /// <exception cref="ArgumentException">librdkafka refuses a setting; the message has its reason, never a value.</exception>
    public static ProducerHandle Create(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var error = stackalloc byte[MaximumErrorText];
        var conf = rd_kafka_conf_new();
        foreach (var (name, value) in settings)
        {
            if (rd_kafka_conf_set(conf, name, value, error, MaximumErrorText) != Ok)
            {
                rd_kafka_conf_destroy(conf);
                throw new ArgumentException($"librdkafka refuses the setting {name}");
            }
        }

        rd_kafka_conf_set_events(conf, EventDeliveryReport | EventError | EventLog);
        var client = rd_kafka_new(ProducerType, conf, error, MaximumErrorText);
        if (client == 0)
        {
            rd_kafka_conf_destroy(conf);
            throw new ArgumentException($"librdkafka refuses the settings: {Marshal.PtrToStringUTF8((nint)error)}");
        }

        var isQueued = rd_kafka_set_log_queue(client, 0);
        return isQueued == Ok ? new ProducerHandle(client) : throw new InvalidOperationException(Describe(isQueued));
    }

    /// <summary>Gives up what was not delivered and frees the client.</summary>
    protected override bool ReleaseHandle()
    {
        _ = rd_kafka_purge(handle, PurgeQueued | PurgeInFlight);
        rd_kafka_destroy(handle);
        return true;
    }
}
