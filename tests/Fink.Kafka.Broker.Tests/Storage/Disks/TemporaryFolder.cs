namespace Fink.Kafka.Broker.Tests.Storage.Disks;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fink-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
