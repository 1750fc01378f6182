using System.Buffers.Binary;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Journalling;
using Fink.Kafka.Broker.Groups.Offsets;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Broker.Tests.Metadata;
using Fink.Kafka.Broker.Tests.Storage.Disks;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Values;
using Fink.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Storage;

/// <summary>The files on the disk are in a format that later versions read.</summary>
public sealed class GoldenDiskTests : IDisposable
{
    private static readonly string Committed = Path.Combine(Checkout.Root, "tests", "golden-disk");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_today_is_what_was_committed()
    {
        var isToBeWritten = Environment.GetEnvironmentVariable("FINK_WRITE_GOLDEN") == "1";
        await GoldenDisk.WriteAsync(_folder.Path);
        if (isToBeWritten) Copy(_folder.Path, Committed);

        Assert.Equal(
            FilesOf(Committed).Where(file => file != "README.md"), FilesOf(_folder.Path));
        Assert.All(FilesOf(_folder.Path), file => Assert.Equal(
            Convert.ToHexString(File.ReadAllBytes(Path.Combine(Committed, file))),
            Convert.ToHexString(File.ReadAllBytes(Path.Combine(_folder.Path, file)))));
    }

    [Fact]
    public void The_identity_and_the_metadata_are_read()
    {
        Copy(Committed, _folder.Path);
        Assert.Equal(GoldenDisk.Identity, BrokerIdentity.Read(LocalDisk.Instance, _folder.Path));
        using var journal = Journal.Open(LocalDisk.Instance, _folder.Path, "metadata");
        var image = MetadataStore.Open(journal).Image;
        MetadataStoreTests.CheckEverything(image);
        Assert.Equal(31, image.DecoySecret[31]);
    }

    [Fact]
    public void Groups_and_offsets_are_read()
    {
        Copy(Committed, _folder.Path);
        using var journal = Journal.Open(LocalDisk.Instance, _folder.Path, "groups");
        var groups = new Dictionary<string, ClassicGroup>();
        var offsets = new OffsetStore();
        new GroupLog(journal, new GroupOptions(), new FakeTimeProvider(), NullLogger.Instance).Replay(groups, offsets);

        var group = Assert.Single(groups).Value;
        Assert.Equal(("science", 3, GroupState.Stable), (group.Id, group.Generation, group.State));
        var member = Assert.Single(group.Members);
        Assert.Equal(("member-1", "instance", "é"), (member.Id, member.InstanceId, member.ClientId));
        Assert.Equal([4, 5], member.Assignment.ToArray());
        var committed = Assert.Single(offsets.Of("science")!);
        Assert.Equal(new TopicPartition("fink.alerts", 2), committed.Key);
        Assert.Equal(new CommittedOffset(42, 5, "note", GoldenDisk.Start, null), committed.Value);
        Assert.Null(offsets.Of("gone"));
    }

    [Fact]
    public async Task A_partition_is_read()
    {
        Copy(Committed, _folder.Path);
        var log = GoldenDisk.OpenPartition(_folder.Path);

        Assert.Equal((1L, 6L), (log.LogStartOffset, log.EndOffset));
        using (var slice = log.Read(1, 100_000, true, IsolationLevel.ReadUncommitted))
        {
            Assert.Equal(ErrorCode.None, slice.Error);
            Assert.Equal(0, BinaryPrimitives.ReadInt64BigEndian(slice.ToArray()));
        }

        var producer = Assert.Single(log.DescribeProducers());
        Assert.Equal("9 1 5", $"{producer.ProducerId} {producer.Epoch} {producer.LastSequence}");
        await log.CloseAsync();
    }

    private static string[] FilesOf(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    private static void Copy(string from, string to)
    {
        foreach (var file in FilesOf(from))
        {
            var target = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(from, file), target, overwrite: true);
        }
    }
}
