namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>Told when the high watermark, the last stable offset or the log start has moved, and when the log goes away.</summary>
internal interface ILogObserver
{
    /// <summary>Called on the thread of the change, outside the log's lock: must be quick, and must not throw.</summary>
    void Changed(PartitionLog log);
}
