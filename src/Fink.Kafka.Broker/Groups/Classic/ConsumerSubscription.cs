using System.Buffers.Binary;
using System.Text;

namespace Fink.Kafka.Broker.Groups.Classic;

/// <summary>The topics in a consumer's metadata: int16 version, then the array of names that every version begins with.</summary>
internal static class ConsumerSubscription
{
    public const string ProtocolType = "consumer";

    /// <summary>Adds the topics; false where the bytes are not a subscription, which a client is free to send.</summary>
    public static bool TryAddTopics(ReadOnlySpan<byte> metadata, HashSet<string> topics)
    {
        if (metadata.Length < 6) return false;
        var count = BinaryPrimitives.ReadInt32BigEndian(metadata[2..]);
        var rest = metadata[6..];
        if (count < 0 || count > rest.Length / 2) return false;
        for (var i = 0; i < count; i++)
        {
            if (rest.Length < 2) return false;
            var length = BinaryPrimitives.ReadInt16BigEndian(rest);
            rest = rest[2..];
            if (length < 0 || length > rest.Length) return false;
            topics.Add(Encoding.UTF8.GetString(rest[..length]));
            rest = rest[length..];
        }
        return true;
    }
}
