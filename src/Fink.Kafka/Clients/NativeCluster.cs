using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Fink.Kafka.Clients;

/// <summary>
/// What a client has read of its cluster in the last metadata. Confluent.Kafka shows it only by its DescribeCluster, for which
/// librdkafka (2.16) ends the process when the broker that answers knows of no broker yet, as one that has just started.
/// </summary>
internal static partial class NativeCluster
{
    private const string Library = "librdkafka";

    static NativeCluster() => NativeLibrary.SetDllImportResolver(typeof(NativeCluster).Assembly, NativeClient.Resolve);

    /// <summary>Null from a broker that gives none.</summary>
    public static string? ClusterId(IClient client)
    {
        var handle = HandleOf(client);
        var text = rd_kafka_clusterid(handle, timeoutMs: 0);
        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            if (text != 0)
            {
                rd_kafka_mem_free(handle, text);
            }
        }
    }

    /// <summary>Null while there is none.</summary>
    public static int? ControllerId(IClient client) =>
        rd_kafka_controllerid(HandleOf(client), timeoutMs: 0) is >= 0 and var id ? id : null;

    private static SafeHandle HandleOf(IClient client) => (SafeHandle)LibrdkafkaHandle(client.Handle);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_LibrdkafkaHandle")]
    [return: UnsafeAccessorType("Confluent.Kafka.Impl.SafeKafkaHandle, Confluent.Kafka")]
    private static extern object LibrdkafkaHandle(Handle handle);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_clusterid(SafeHandle client, int timeoutMs);

    [LibraryImport(Library)]
    private static partial int rd_kafka_controllerid(SafeHandle client, int timeoutMs);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mem_free(SafeHandle client, nint memory);
}
