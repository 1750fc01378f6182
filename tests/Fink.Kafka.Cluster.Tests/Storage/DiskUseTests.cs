using Fink.Kafka.Cluster.Storage;

namespace Fink.Kafka.Cluster.Tests.Storage;

public sealed class DiskUseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-disk-").FullName;

    [Fact]
    public void What_is_preallocated_but_not_written_takes_no_disk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux is asked for what a file takes");
        using (var index = File.Create(Path.Combine(_folder, "00000000000000000000.index")))
        {
            index.SetLength(10 << 20);
        }

        var written = Path.Combine(_folder, "topic-0", "00000000000000000000.log");
        Directory.CreateDirectory(Path.GetDirectoryName(written)!);
        File.WriteAllBytes(written, new byte[100_000]);
        using (var log = File.OpenWrite(written))
        {
            log.Flush(flushToDisk: true);
        }

        Assert.InRange(DiskUse.Below(_folder), 100_000, 200_000);
    }

    [Fact]
    public void A_folder_that_is_not_there_takes_nothing() => Assert.Equal(0, DiskUse.Below(Path.Combine(_folder, "none")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
