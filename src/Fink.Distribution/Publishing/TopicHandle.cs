using System.Runtime.InteropServices;
using static Fink.Distribution.Publishing.Native.LibRdKafka;

namespace Fink.Distribution.Publishing;

/// <summary>A topic as the producer knows it. Owned by its producer, freed before it.</summary>
internal sealed unsafe class TopicHandle : IDisposable
{
    private TopicHandle(nint handle, int partitions) => (Handle, Partitions) = (handle, partitions);

    public nint Handle { get; private set; }

    public int Partitions { get; }

    /// <param name="client">The producer.</param>
    /// <param name="name">The topic's name.</param>
    /// <param name="partitions">How many it has.</param>
    /// <param name="compression">The codec of its batches; null for the producer's own.</param>
    public static TopicHandle Create(nint client, string name, int partitions, string? compression)
    {
        // What the producer was told for all topics (acks, the time-out): a new conf would have librdkafka's defaults.
        var conf = rd_kafka_default_topic_conf_dup(client);
        var error = stackalloc byte[MaximumErrorText];
        if (compression is not null && rd_kafka_topic_conf_set(conf, "compression.codec", compression, error, MaximumErrorText) != Ok)
        {
            rd_kafka_topic_conf_destroy(conf);
            throw new ArgumentException($"topic {name}: {Marshal.PtrToStringUTF8((nint)error)}");
        }

        var handle = rd_kafka_topic_new(client, name, conf);
        return handle != 0
            ? new TopicHandle(handle, partitions)
            : throw new ArgumentException($"topic {name}: librdkafka refuses its name");
    }

    public void Dispose()
    {
        if (Handle != 0)
        {
            rd_kafka_topic_destroy(Handle);
            Handle = 0;
        }
    }
}
