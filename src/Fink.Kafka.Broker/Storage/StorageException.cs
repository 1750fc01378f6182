namespace Fink.Kafka.Broker.Storage;

/// <summary>What is on the disk cannot be used as it is: damaged, of another format, or held by another process.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : IOException(message, inner);
