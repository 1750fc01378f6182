using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Journalling;
using Fink.Kafka.Broker.Groups.Offsets;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Broker.Tests.Metadata;
using Fink.Kafka.Protocol.Records;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Storage;

/// <summary>Writes the files of tests/golden-disk: the same bytes at each time.</summary>
internal static class GoldenDisk
{
    public const string Partition = "partition";

    public static readonly BrokerIdentity Identity = new(7, "AAECAwQFBgcICQoLDA0ODw");
    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(55);

    private static readonly LocalDisk Disk = LocalDisk.Instance;

    public static PartitionLog OpenPartition(string folder) =>
        new(Disk, Path.Combine(folder, Partition), new LogConfig { SegmentBytes = 400 }, new LogSettings(new FakeTimeProvider(Start)));

    public static async Task WriteAsync(string folder)
    {
        Identity.Write(Disk, folder);
        WriteMetadata(folder);
        WriteGroups(folder);
        await WritePartitionAsync(folder);
    }

    private static void WriteMetadata(string folder)
    {
        using var journal = Journal.Open(Disk, folder, "metadata");
        var secret = new MetadataChange.DecoySecretMade([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        foreach (var change in MetadataStoreTests.Everything.Prepend(secret))
        {
            var payload = new PayloadWriter();
            MetadataRecords.Write(payload, [change]);
            journal.Append(MetadataRecords.Changes, MetadataRecords.Version, payload.Written, durable: true);
        }
    }

    private static void WriteGroups(string folder)
    {
        using var journal = Journal.Open(Disk, folder, "groups");
        void Append(GroupRecordType type, Action<PayloadWriter> write)
        {
            var payload = new PayloadWriter();
            write(payload);
            journal.Append((byte)type, GroupRecords.Version, payload.Written, durable: false);
        }

        var group = new ClassicGroup("science", Start);
        var member = new GroupMember
        {
            Id = "member-1",
            InstanceId = "instance",
            ClientId = "é",
            ClientHost = "/127.0.0.1",
            ProtocolType = "consumer",
            Assignment = new byte[] { 4, 5 },
        };
        member.Update([new MemberProtocol("range", new byte[] { 1, 2, 3 })], TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        group.Restore(3, "consumer", "range", "member-1", GroupState.Stable, [member]);
        var alerts = new TopicPartition("fink.alerts", 2);
        KeyValuePair<TopicPartition, CommittedOffset>[] offsets = [new(alerts, new CommittedOffset(42, 5, "note", Start, null))];
        Append(GroupRecordType.Group, payload => GroupRecords.Write(payload, group, GroupState.Stable));
        Append(GroupRecordType.OffsetsCommitted, payload => GroupRecords.Write(payload, "science", offsets));
        Append(GroupRecordType.OffsetsCommitted, payload => GroupRecords.Write(payload, "gone", offsets));
        Append(GroupRecordType.GroupDeleted, payload => payload.String("gone"));
        Append(GroupRecordType.OffsetsCommitted, payload => GroupRecords.Write(payload, "forgotten", offsets));
        Append(GroupRecordType.OffsetsForgotten, payload => GroupRecords.Write(payload, "forgotten", new[] { alerts }));
    }

    private static async Task WritePartitionAsync(string folder)
    {
        Disk.CreateFolder(Path.Combine(folder, Partition));
        var log = OpenPartition(folder);
        for (var i = 0; i < 3; i++)
        {
            var batch = new RecordBatchBuilder(Start.ToUnixTimeMilliseconds()) { ProducerId = 9, ProducerEpoch = 1, BaseSequence = 2 * i };
            batch.Add(Start.ToUnixTimeMilliseconds(), [1], new byte[60]).Add(Start.ToUnixTimeMilliseconds() + i, null, new byte[60]);
            await log.AppendAsync(batch.Build(), AppendOrigin.Client, TestContext.Current.CancellationToken);
        }

        log.DeleteRecordsBefore(1);
        await log.CloseAsync();
    }
}
