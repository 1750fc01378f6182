using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Storage;

/// <summary>What a data directory's journals held is never lost without a word, whichever it is and however the broker ended.</summary>
public sealed class LostJournalTests : IDisposable
{
    private const string Metadata = "meta/metadata.journal";
    private const string Groups = "coord/groups.journal";

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    private string Mark => Path.Combine(_folder.Path, "clean-stop");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Metadata, true)]
    [InlineData(Metadata, false)]
    [InlineData(Groups, true)]
    [InlineData(Groups, false)]
    public void A_journal_that_is_missing_is_refused_and_nothing_is_touched_until_it_is_back(string journal, bool clean)
    {
        Write(clean);
        var file = PathOf(journal);
        var kept = File.ReadAllBytes(file);
        File.Delete(file);

        var error = CheckRefused($"{file} is missing", $"create the empty file {file}.give-up");
        Assert.DoesNotContain(Mark, error, StringComparison.Ordinal);

        File.WriteAllBytes(file, kept);
        CheckEntries("first", "second");
        Assert.Empty(_said);
    }

    [Theory]
    [InlineData(Metadata)]
    [InlineData(Groups)]
    public void A_folder_of_a_journal_that_is_missing_is_refused_too(string journal)
    {
        Write(clean: true);
        Directory.Delete(Path.GetDirectoryName(PathOf(journal))!, recursive: true);
        CheckRefused($"{PathOf(journal)} is missing");
    }

    [Theory]
    [InlineData(Metadata)]
    [InlineData(Groups)]
    public void After_a_clean_stop_a_journal_cut_at_any_byte_is_refused(string journal)
    {
        Write(clean: true);
        var file = PathOf(journal);
        var bytes = File.ReadAllBytes(file);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(file, bytes[..length]);
            var error = CheckRefused(file);
            Assert.Equal(length >= JournalFormat.HeaderLength, error.Contains($"delete {Mark}", StringComparison.Ordinal));
        }

        File.WriteAllBytes(file, bytes);
        CheckEntries("first", "second");
    }

    [Theory]
    [InlineData(Metadata)]
    [InlineData(Groups)]
    public void After_a_clean_stop_a_longer_journal_is_refused(string journal)
    {
        Write(clean: true);
        var length = new FileInfo(PathOf(journal)).Length;
        File.AppendAllBytes(PathOf(journal), new byte[3]);
        CheckRefused($"damaged at byte {length}, and no crash did it");
    }

    [Fact]
    public void Another_copy_of_a_journal_is_used_where_the_mark_of_the_clean_stop_was_deleted()
    {
        Write(clean: true);
        var bytes = File.ReadAllBytes(PathOf(Groups));
        File.WriteAllBytes(PathOf(Groups), bytes[..(JournalFormat.HeaderLength + JournalFormat.EntryOverhead + "first".Length)]);
        CheckRefused($"had {bytes.Length} when the broker was stopped");

        File.Delete(Mark);

        using var data = Open();
        Assert.Equal(["first"], Entries(data.Groups));
        Assert.Equal(["first", "second"], Entries(data.Metadata));
    }

    [Theory]
    [InlineData(Metadata)]
    [InlineData(Groups)]
    public void After_a_crash_an_entry_cut_at_any_byte_is_cut_off_and_told_of(string journal)
    {
        Write(clean: false);
        var file = PathOf(journal);
        var bytes = File.ReadAllBytes(file);
        var sound = bytes.Length - JournalFormat.EntryOverhead - "second".Length;
        for (var length = sound + 1; length < bytes.Length; length++)
        {
            File.WriteAllBytes(file, bytes[..length]);
            _said.Clear();
            Open().Dispose();
            Assert.Equal(
                $"{length - sound} bytes at byte {sound} of {file}, after an unclean stop, were half written and are cut off.",
                Assert.Single(_said));
            Assert.Equal(bytes[..sound], File.ReadAllBytes(file));
        }

        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Theory]
    [InlineData(Metadata)]
    [InlineData(Groups)]
    public void After_a_crash_what_is_more_than_a_half_written_entry_is_kept_beside(string journal)
    {
        Write(clean: false);
        var file = PathOf(journal);
        var bytes = File.ReadAllBytes(file);
        var damaged = bytes.Length - "second".Length - JournalFormat.EntryOverhead;
        bytes[^1] ^= 1;
        for (var again = 1; again <= 2; again++)
        {
            File.WriteAllBytes(file, bytes);
            _said.Clear();
            Open().Dispose();
            var kept = $"{file}.cut-{damaged}{(again == 1 ? "" : ".2")}";
            Assert.Contains($"were kept in {kept} and are cut off", Assert.Single(_said), StringComparison.Ordinal);
            Assert.Equal(bytes[damaged..], File.ReadAllBytes(kept));
            Assert.Equal(bytes[..damaged], File.ReadAllBytes(file));
        }
    }

    /// <summary>What could not be kept is not cut.</summary>
    [Fact]
    public void A_disk_that_fails_at_any_operation_while_an_end_is_kept_loses_nothing_of_it()
    {
        Write(clean: false);
        var bytes = File.ReadAllBytes(PathOf(Groups));
        bytes[^1] ^= 1;
        for (var operation = 0; ; operation++)
        {
            File.WriteAllBytes(PathOf(Groups), bytes);
            foreach (var left in Directory.GetFiles(Path.Combine(_folder.Path, "coord"), "*.cut-*")) File.Delete(left);
            var disk = new FaultyDisk(LocalDisk.Instance);
            disk.FailAt(operation, Fault.AnyOperation);
            var failure = Record.Exception(() => DataDirectory.Open(disk, _folder.Path, 7, _said.Add).Dispose());
            Assert.True(
                File.ReadAllBytes(PathOf(Groups)).SequenceEqual(bytes)
                || Directory.GetFiles(Path.Combine(_folder.Path, "coord"), "*.cut-*").Length > 0);
            if (disk.HasFailed)
            {
                Assert.IsType<StorageException>(failure);
                continue;
            }

            Assert.Null(failure);
            Assert.True(operation >= 4);
            return;
        }
    }

    [Theory]
    [InlineData(Metadata, true)]
    [InlineData(Metadata, false)]
    [InlineData(Groups, true)]
    [InlineData(Groups, false)]
    public void A_journal_that_is_given_up_is_put_aside_and_begun_anew_once(string journal, bool isMissing)
    {
        Write(clean: true);
        var file = PathOf(journal);
        if (isMissing) File.Delete(file);
        else File.WriteAllText(file, "something else");
        File.WriteAllText(file + ".give-up", "");

        using (var data = Open())
        {
            Assert.Empty(Entries(journal == Metadata ? data.Metadata : data.Groups));
            Assert.Equal(["first", "second"], Entries(journal == Metadata ? data.Groups : data.Metadata));
        }

        Assert.Contains($"{file} is given up", Assert.Single(_said), StringComparison.Ordinal);
        Assert.False(File.Exists(file + ".give-up"));
        Assert.Equal(!isMissing, File.Exists(file + ".given-up") && File.ReadAllText(file + ".given-up") == "something else");
        Open().Dispose();
        Assert.Single(_said);
    }

    /// <summary>A refusal for one journal comes before the other is touched.</summary>
    [Fact]
    public void Giving_up_one_journal_is_not_begun_while_the_other_is_refused()
    {
        Write(clean: true);
        File.WriteAllText(PathOf(Metadata) + ".give-up", "");
        var kept = File.ReadAllBytes(PathOf(Groups));
        File.Delete(PathOf(Groups));
        CheckRefused($"{PathOf(Groups)} is missing");

        File.WriteAllBytes(PathOf(Groups), kept);
        using var data = Open();
        Assert.True(data.WasStoppedCleanly);
        Assert.Empty(Entries(data.Metadata));
        Assert.Equal(["first", "second"], Entries(data.Groups));
    }

    [Fact]
    public void A_mark_of_the_first_version_has_no_lengths_and_is_believed()
    {
        Write(clean: true);
        File.WriteAllText(Mark, "stopped\n");
        using (var data = Open()) Assert.True(data.WasStoppedCleanly);

        File.WriteAllText(Mark, "stopped\n");
        var bytes = File.ReadAllBytes(PathOf(Metadata));
        File.WriteAllBytes(PathOf(Metadata), bytes[..^5]);
        CheckRefused("and no crash did it: the broker was stopped cleanly");
    }

    [Theory]
    [InlineData("")]
    [InlineData("stopped")]
    [InlineData("stopped\nmetadata.journal 12\n")]
    [InlineData("stopped\nmetadata.journal -12\ngroups.journal 3\n")]
    public void A_damaged_mark_is_refused(string text)
    {
        Write(clean: true);
        File.WriteAllText(Mark, text);
        CheckRefused($"{Mark} is damaged");
        File.Delete(Mark);
        CheckEntries("first", "second");
    }

    [Fact]
    public void After_the_mark_nothing_more_is_written_to_a_journal()
    {
        using var data = Open();
        data.MarkCleanStop();
        Assert.Throws<IOException>(() => data.Groups.Append(1, 0, "late"u8, durable: false));
        Assert.Throws<IOException>(() => data.Metadata.Append(1, 0, "late"u8, durable: true));
    }

    private void Write(bool clean)
    {
        using var data = Open();
        foreach (var journal in new[] { data.Metadata, data.Groups })
        {
            journal.Append(1, 0, "first"u8, durable: true);
            journal.Append(1, 0, "second"u8, durable: true);
        }

        if (clean) data.MarkCleanStop();
    }

    private string CheckRefused(params string[] because)
    {
        var before = Everything();
        var error = Assert.Throws<StorageException>(() => Open());
        Assert.All(because, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(before, Everything());
        return error.Message;
    }

    private void CheckEntries(params string[] expected)
    {
        using var data = Open();
        Assert.Equal(expected, Entries(data.Metadata));
        Assert.Equal(expected, Entries(data.Groups));
    }

    private DataDirectory Open() => DataDirectory.Open(LocalDisk.Instance, _folder.Path, nodeId: 7, _said.Add);

    private string PathOf(string journal) => Path.Combine(_folder.Path, journal.Replace('/', Path.DirectorySeparatorChar));

    private static List<string> Entries(Journal journal)
    {
        List<string> entries = [];
        journal.Replay((_, _, payload) => entries.Add(System.Text.Encoding.UTF8.GetString(payload)));
        return entries;
    }

    private string[] Everything() =>
    [
        .. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "LOCK")
            .Select(path => File.Exists(path) ? $"{path} {Convert.ToHexString(File.ReadAllBytes(path))}" : path)
            .Order(StringComparer.Ordinal),
    ];
}
