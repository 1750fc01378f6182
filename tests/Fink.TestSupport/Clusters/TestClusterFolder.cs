namespace Fink.TestSupport.Clusters;

/// <summary>A cluster's data folder below the system's temporary folder, gone with its owner.</summary>
public sealed class TestClusterFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fink-test-cluster-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
