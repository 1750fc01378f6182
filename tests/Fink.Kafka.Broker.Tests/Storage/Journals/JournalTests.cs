using System.Text;
using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Storage.Journals;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string JournalPath => Path.Combine(_folder.Path, "meta.journal");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_come_back_in_order_after_it_is_opened_again()
    {
        using (var journal = Open())
        {
            Append(journal, "first", durable: true);
            Append(journal, "second", durable: false);
        }
        Assert.Equal(["first", "second"], Entries());
    }

    [Fact]
    public void An_entry_torn_at_any_byte_disappears_and_the_next_takes_its_place()
    {
        using (var journal = Open())
        {
            Append(journal, "kept", durable: true);
        }
        var whole = new FileInfo(JournalPath).Length;
        using (var journal = Open())
        {
            Append(journal, "torn", durable: true);
        }
        var bytes = File.ReadAllBytes(JournalPath);
        for (var cut = (int)whole; cut < bytes.Length; cut++)
        {
            File.WriteAllBytes(JournalPath, bytes[..cut]);
            using (var journal = Open())
            {
                Append(journal, "after", durable: true);
            }
            Assert.Equal(["kept", "after"], Entries());
        }
    }

    [Fact]
    public void A_tail_of_zeros_is_cut_off()
    {
        using (var journal = Open())
        {
            Append(journal, "kept", durable: true);
        }
        File.AppendAllBytes(JournalPath, new byte[5000]);
        Assert.Equal(["kept"], Entries());
    }

    [Fact]
    public void Damage_before_flushed_entries_is_an_error_and_the_file_is_left_as_it_is()
    {
        using (var journal = Open())
        {
            Append(journal, "damaged", durable: true);
            Append(journal, "sound", durable: true);
        }
        var bytes = File.ReadAllBytes(JournalPath);
        bytes[JournalFormat.HeaderLength + JournalFormat.EntryOverhead] ^= 1;
        File.WriteAllBytes(JournalPath, bytes);
        var error = Assert.Throws<StorageException>(() => Open());
        Assert.Contains("damaged at byte 8", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(JournalPath));
    }

    [Fact]
    public void A_newer_format_is_refused()
    {
        File.WriteAllBytes(JournalPath, [.. "FKJL"u8, 0, 2, 0, 0]);
        var error = Assert.Throws<StorageException>(() => Open());
        Assert.Contains("format version 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_replaces_all_entries()
    {
        using (var journal = Open())
        {
            Append(journal, "old", durable: true);
            journal.Snapshot(journal.Length, append => append(1, 0, "state"u8));
            Append(journal, "new", durable: true);
        }
        Assert.Equal(["state", "new"], Entries());
    }

    [Fact]
    public void What_is_appended_while_a_snapshot_is_written_follows_it()
    {
        using (var journal = Open())
        {
            Append(journal, "old", durable: true);
            journal.Snapshot(journal.Length, append =>
            {
                append(1, 0, "state"u8);
                Append(journal, "meanwhile", durable: true);
            });
            Append(journal, "new", durable: true);
        }
        Assert.Equal(["state", "meanwhile", "new"], Entries());
    }

    [Theory]
    [InlineData((int)Fault.NoSpace)]
    [InlineData((int)Fault.ShortWrite)]
    public void An_entry_that_did_not_fit_is_not_replayed_and_later_ones_are(int fault)
    {
        var disk = new FaultyDisk(LocalDisk.Instance);
        using (var journal = Journal.Open(disk, _folder.Path, "meta"))
        {
            Append(journal, "before", durable: true);
            disk.FailAt(0, (Fault)fault);
            Assert.Throws<IOException>(() => Append(journal, "lost", durable: true));
            disk.Heal();
            Append(journal, "after", durable: true);
        }
        Assert.Equal(["before", "after"], Entries());
    }

    [Fact]
    public void An_entry_longer_than_the_format_allows_is_refused_and_the_journal_goes_on()
    {
        using (var journal = Open())
        {
            Append(journal, "before", durable: true);
            var tooLong = new byte[JournalFormat.LongestEntry];
            Assert.Throws<IOException>(() => journal.Append(1, 0, tooLong, durable: true));
            Assert.Throws<IOException>(() => journal.Snapshot(journal.Length, append => append(1, 0, tooLong)));
            Append(journal, "after", durable: true);
        }
        Assert.Equal(["before", "after"], Entries());
    }

    [Fact]
    public void After_a_failed_flush_nothing_is_accepted()
    {
        var disk = new FaultyDisk(LocalDisk.Instance);
        using var journal = Journal.Open(disk, _folder.Path, "meta");
        disk.FailAt(0, Fault.FlushError);
        Assert.Throws<IOException>(() => Append(journal, "unsure", durable: true));
        disk.Heal();
        Assert.Throws<IOException>(() => Append(journal, "refused", durable: false));
    }

    [Fact]
    public void A_snapshot_that_fails_at_any_operation_leaves_the_old_or_the_new_entries()
    {
        for (var operation = 0; ; operation++)
        {
            File.Delete(JournalPath);
            var disk = new FaultyDisk(LocalDisk.Instance);
            using (var journal = Journal.Open(disk, _folder.Path, "meta"))
            {
                Append(journal, "old", durable: true);
                disk.FailAt(operation, Fault.AnyOperation);
                var failure = Record.Exception(() => journal.Snapshot(journal.Length, append => append(1, 0, "new"u8)));
                if (!disk.HasFailed)
                {
                    Assert.Null(failure);
                    Assert.True(operation >= 4);
                    return;
                }
                Assert.IsType<IOException>(failure);
            }
            Assert.True(Assert.Single(Entries()) is "old" or "new");
        }
    }

    private Journal Open() => Journal.Open(LocalDisk.Instance, _folder.Path, "meta");

    private static void Append(Journal journal, string text, bool durable) =>
        journal.Append(7, 1, Encoding.UTF8.GetBytes(text), durable);

    private List<string> Entries()
    {
        using var journal = Open();
        List<string> entries = [];
        journal.Replay((_, _, payload) => entries.Add(Encoding.UTF8.GetString(payload)));
        return entries;
    }
}
