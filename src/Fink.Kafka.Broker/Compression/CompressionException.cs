namespace Fink.Kafka.Broker.Compression;

/// <summary>Compressed records that are not what their codec says, or too many of them once they are unpacked.</summary>
internal sealed class CompressionException(string message, Exception? inner = null) : Exception(message, inner);
