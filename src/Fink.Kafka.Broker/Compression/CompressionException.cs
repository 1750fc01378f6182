namespace Fink.Kafka.Broker.Compression;

/// <summary>Compressed records that are not what their codec says, or too many of them once they are unpacked.</summary>
internal sealed class CompressionException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>They may be sound: somebody with more room can unpack them.</summary>
    public bool IsTooMuch { get; init; }
}
