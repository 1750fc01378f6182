using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    private string Identity => Path.Combine(_folder.Path, "broker.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_cluster_id_is_made_once()
    {
        string first;
        using (var directory = Open()) first = directory.Identity.ClusterId;

        Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9_-]{21}$", first);
        using var again = Open();
        Assert.Equal(first, again.Identity.ClusterId);
    }

    [Fact]
    public void Only_one_holds_it_at_a_time()
    {
        using var first = Open();
        var error = Assert.Throws<StorageException>(() => Open());
        Assert.Contains("held by another process", error.Message, StringComparison.Ordinal);
        first.Dispose();
        Open().Dispose();
    }

    [Fact]
    public void A_lock_that_cannot_be_made_is_not_said_to_be_another_s()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "LOCK"));
        var error = Assert.Throws<StorageException>(() => Open());
        Assert.Contains("cannot be opened for writing", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another process", error.Message, StringComparison.Ordinal);

        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        Assert.DoesNotContain(
            "another process",
            Assert.Throws<StorageException>(() => LocalDisk.Instance.Lock(Path.Combine(file, "LOCK"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_broker_s_data_is_refused()
    {
        Open().Dispose();
        var error = Assert.Throws<StorageException>(() => DataDirectory.Open(LocalDisk.Instance, _folder.Path, nodeId: 8, _ => { }));
        Assert.Contains("node.id 7, not 8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"format":2,"nodeId":7,"clusterId":"x"}""", "has format 2; this broker reads format 1")]
    [InlineData("""{"format":1,"nodeId":7}""", "is damaged")]
    [InlineData("""{"format":1,"nodeId":7,"clusterId":null}""", "is damaged")]
    [InlineData("""{"format":"1"}""", "is damaged")]
    [InlineData("[]", "is damaged")]
    [InlineData("""{"format":1,""", "is damaged")]
    [InlineData("", "is damaged")]
    public void A_newer_or_damaged_identity_is_refused_and_left_as_it_is(string text, string because)
    {
        File.WriteAllText(Identity, text);
        var error = Assert.Throws<StorageException>(() => Open());
        Assert.Contains(because, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(text, File.ReadAllText(Identity));
    }

    [Fact]
    public void Data_without_an_identity_is_refused()
    {
        Open().Dispose();
        File.Delete(Identity);
        Assert.Contains("no broker.json", Assert.Throws<StorageException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("meta/metadata.journal", "missing")]
    [InlineData("meta/metadata.journal", "empty")]
    [InlineData("coord/groups.journal", "missing")]
    [InlineData("coord/groups.journal", "empty")]
    public void A_journal_that_was_there_and_is_not_is_a_loss_and_no_new_beginning(string journal, string how)
    {
        Open().Dispose();
        var path = Path.Combine(_folder.Path, journal);
        if (how == "missing") File.Delete(path);
        else File.WriteAllBytes(path, []);

        var error = Assert.Throws<StorageException>(() => Open());

        Assert.Contains($"{path} is {how}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_start_that_was_cut_short_begins_anew()
    {
        Open().Dispose();
        File.Delete(Identity);
        Directory.Delete(Path.Combine(_folder.Path, "topics"));
        File.WriteAllBytes(Path.Combine(_folder.Path, "meta", "metadata.journal"), []);

        Open().Dispose();
    }

    [Fact]
    public void A_clean_stop_is_known_at_the_next_start_and_only_then()
    {
        using (var fresh = Open())
        {
            Assert.True(fresh.WasStoppedCleanly);
            fresh.MarkCleanStop();
        }

        using (var clean = Open()) Assert.True(clean.WasStoppedCleanly);
        using (var crashed = Open()) Assert.False(crashed.WasStoppedCleanly);
    }

    /// <summary>Whatever fails in the first start, the next one has a directory that works; and nothing is held.</summary>
    [Theory]
    [InlineData((int)Fault.AnyOperation)]
    [InlineData((int)Fault.NoSpace)]
    [InlineData((int)Fault.ShortWrite)]
    [InlineData((int)Fault.FlushError)]
    public void A_first_start_that_fails_at_any_operation_can_be_tried_again(int fault)
    {
        for (var operation = 0; ; operation++)
        {
            using var folder = new TemporaryFolder();
            var disk = new FaultyDisk(LocalDisk.Instance);
            disk.FailAt(operation, (Fault)fault);
            var failure = Record.Exception(() => DataDirectory.Open(disk, folder.Path, 7, _ => { }).Dispose());
            if (!disk.HasFailed)
            {
                Assert.Null(failure);
                Assert.True(operation >= 3);
                return;
            }

            Assert.IsType<StorageException>(failure);
            DataDirectory.Open(LocalDisk.Instance, folder.Path, 7, _ => { }).Dispose();
        }
    }

    private DataDirectory Open() => DataDirectory.Open(LocalDisk.Instance, _folder.Path, nodeId: 7, _said.Add);
}
