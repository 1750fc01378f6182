using System.Collections.Immutable;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Storage.Directories;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Tests.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Storage.Directories;

public sealed class TopicFoldersTests : IDisposable
{
    private static readonly Topic Alerts = new("fink.alerts", Guid.NewGuid(), 2, ImmutableDictionary<string, string>.Empty);

    private readonly TemporaryFolder _folder = new();
    private readonly TopicFolders _folders;

    public TopicFoldersTests() => _folders = new TopicFolders(LocalDisk.Instance, _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_topic_has_a_folder_by_its_id_and_in_it_one_for_each_partition()
    {
        _folders.Create(Alerts, from: 0);
        _folders.Create(Alerts, from: 0);
        _folders.Create(Alerts with { Partitions = 3 }, from: 2);

        Assert.Equal(["0", "1", "2"], Names(Path.Combine(_folder.Path, Alerts.Id.ToString())));
    }

    [Fact]
    public void A_deletion_that_a_crash_cut_short_is_finished_later()
    {
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id);
        _folders.MarkDeleted(Alerts.Id);
        Assert.False(Directory.Exists(_folders.Of(Alerts.Id)));

        var found = _folders.Reconcile(MetadataImage.Empty);

        Assert.Empty(found.Strays);
        _folders.Remove(Assert.Single(found.Marked));
        Assert.Empty(Names(_folder.Path));
    }

    [Fact]
    public void Records_of_a_topic_that_there_is_not_are_kept_aside_at_each_start()
    {
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id);

        var stray = Assert.Single(_folders.Reconcile(MetadataImage.Empty).Strays);

        Assert.Equal(_folders.Of(Alerts.Id) + ".stray", stray);
        Assert.Equal("records", File.ReadAllText(Path.Combine(stray, "1", "00000000000000000000.log")));
        Assert.Equal(stray, Assert.Single(_folders.Reconcile(MetadataImage.Empty).Strays));
    }

    [Fact]
    public void Records_that_were_kept_aside_are_the_topic_s_again_when_it_is_back()
    {
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id);
        _folders.Reconcile(MetadataImage.Empty);

        var found = _folders.Reconcile(WithAlerts);

        Assert.Equal((Alerts, _folders.Of(Alerts.Id)), Assert.Single(found.TakenBack));
        Assert.Empty(found.Strays);
        Assert.Empty(found.Missing);
        Assert.Equal("records", ReadRecords(_folders.Of(Alerts.Id)));
        Assert.Equal([Alerts.Id.ToString()], Names(_folder.Path));
        Assert.Empty(_folders.Reconcile(WithAlerts).TakenBack);
    }

    [Fact]
    public void Records_that_were_kept_aside_take_the_place_of_a_folder_without_any()
    {
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id);
        _folders.Reconcile(MetadataImage.Empty);
        _folders.Create(Alerts, from: 0);
        File.WriteAllText(Path.Combine(_folders.Of(Alerts.Id, 0), "00000000000000000000.log"), "");

        Assert.Single(_folders.Reconcile(WithAlerts).TakenBack);

        Assert.Equal("records", ReadRecords(_folders.Of(Alerts.Id)));
    }

    [Fact]
    public void Records_that_were_kept_aside_stay_so_where_the_topic_has_newer_ones()
    {
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id);
        var stray = Assert.Single(_folders.Reconcile(MetadataImage.Empty).Strays);
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id, "newer");

        var found = _folders.Reconcile(WithAlerts);

        Assert.Equal((stray, Alerts, _folders.Of(Alerts.Id)), Assert.Single(found.Hindered));
        Assert.Empty(found.Strays);
        Assert.Empty(found.TakenBack);
        Assert.Equal(("records", "newer"), (ReadRecords(stray), ReadRecords(_folders.Of(Alerts.Id))));
    }

    [Fact]
    public void Records_kept_aside_twice_are_both_kept_and_which_is_used_the_administrator_decides()
    {
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id);
        _folders.Reconcile(MetadataImage.Empty);
        _folders.Create(Alerts, from: 0);
        WriteRecords(Alerts.Id, "newer");
        var strays = _folders.Reconcile(MetadataImage.Empty).Strays.Order(StringComparer.Ordinal).ToList();
        Assert.Equal([_folders.Of(Alerts.Id) + ".2.stray", _folders.Of(Alerts.Id) + ".stray"], strays);

        var found = _folders.Reconcile(WithAlerts);
        Assert.Empty(found.TakenBack);
        Assert.Equal(
            [(strays[0], Alerts, strays[1]), (strays[1], Alerts, strays[0])],
            found.Hindered.OrderBy(each => each.Stray, StringComparer.Ordinal));

        Directory.Delete(strays[1], recursive: true);
        Assert.Single(_folders.Reconcile(WithAlerts).TakenBack);
        Assert.Equal("newer", ReadRecords(_folders.Of(Alerts.Id)));
    }

    /// <summary>A topic's folders are made before the topic, so a crash between leaves some.</summary>
    [Fact]
    public void Folders_of_a_topic_that_there_is_not_are_deleted_if_they_hold_no_record()
    {
        _folders.Create(Alerts, from: 0);
        File.WriteAllText(Path.Combine(_folders.Of(Alerts.Id, 0), "00000000000000000000.log"), "");

        var found = _folders.Reconcile(MetadataImage.Empty);

        Assert.Empty(found.Strays);
        Assert.Empty(Names(_folder.Path));
    }

    [Fact]
    public void Folders_that_are_missing_are_told_of_and_stay_so()
    {
        _folders.Create(Alerts, from: 0);
        Directory.Delete(_folders.Of(Alerts.Id, 1));

        Assert.Equal((Alerts, 1), Assert.Single(_folders.Reconcile(WithAlerts).Missing));
        Assert.Equal((Alerts, 1), Assert.Single(_folders.Reconcile(WithAlerts).Missing));
        _folders.Create(Alerts with { Partitions = 3 }, from: 2);
        Assert.Equal(["0", "2"], Names(_folders.Of(Alerts.Id)));
    }

    [Fact]
    public void What_is_not_a_topic_s_is_left_alone()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "lost+found"));
        File.WriteAllText(Path.Combine(_folder.Path, ".DS_Store"), "");

        _folders.Reconcile(MetadataImage.Empty);

        Assert.Equal([".DS_Store", "lost+found"], Names(_folder.Path));
    }

    private static MetadataImage WithAlerts =>
        MetadataImage.Empty with { TopicsById = MetadataImage.Empty.TopicsById.Add(Alerts.Id, Alerts) };

    private void WriteRecords(Guid topic, string records = "records") =>
        File.WriteAllText(Path.Combine(_folders.Of(topic, 1), "00000000000000000000.log"), records);

    private static string ReadRecords(string folder) => File.ReadAllText(Path.Combine(folder, "1", "00000000000000000000.log"));

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;
}
