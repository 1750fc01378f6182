namespace Fink.Kafka.Broker.Compression;

/// <summary>The lowest three bits of a batch's attributes.</summary>
internal enum CompressionType : byte
{
    None = 0,
    Gzip = 1,
    Snappy = 2,
    Lz4 = 3,
    Zstd = 4,
}
