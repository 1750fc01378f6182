using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Offsets;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Storage.Directories;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Groups.Journalling;

/// <summary>
/// Changes of groups and offsets, written before they are made. That they could not be written is said here, and is the
/// caller's to answer: the client is told to try again.
/// </summary>
internal sealed class GroupLog(IJournal journal, GroupOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>A group's offsets are any number; in one entry of the journal there is no room for all.</summary>
    private const int OffsetsInOneEntry = 1000;

    /// <summary>A group is one entry of the journal: half of it for what its members say of themselves, half for their assignments.</summary>
    public const long MostBytesOfHalf = (JournalFormat.LongestEntry / 2) - (1024 * 1024);

    private readonly PayloadWriter _writer = new();
    private readonly DiskTrouble _trouble = new("changes of groups and offsets", clock, logger.DiskSays);
    private long _written;
    private long _alive;

    /// <summary>Whether what is dead outweighs what is alive.</summary>
    public bool IsDueForSnapshot => _written > Math.Max(options.JournalGrowthBeforeSnapshot, 2 * _alive);

    public bool TrySave(ClassicGroup group, GroupState state)
    {
        _writer.Reset();
        GroupRecords.Write(_writer, group, state);
        return TryAppend(GroupRecordType.Group, group.Id);
    }

    public bool TryDelete(string groupId)
    {
        _writer.Reset();
        _writer.String(groupId);
        return TryAppend(GroupRecordType.GroupDeleted, groupId);
    }

    public bool TryCommit(string groupId, IReadOnlyCollection<KeyValuePair<TopicPartition, CommittedOffset>> offsets)
    {
        _writer.Reset();
        GroupRecords.Write(_writer, groupId, offsets);
        return TryAppend(GroupRecordType.OffsetsCommitted, groupId);
    }

    public bool TryForget(string groupId, IReadOnlyCollection<TopicPartition> partitions)
    {
        _writer.Reset();
        GroupRecords.Write(_writer, groupId, partitions);
        return TryAppend(GroupRecordType.OffsetsForgotten, groupId);
    }

    public bool TryStage(
        long producerId, string groupId, IReadOnlyCollection<KeyValuePair<TopicPartition, CommittedOffset>> offsets)
    {
        _writer.Reset();
        _writer.Int64(producerId);
        GroupRecords.Write(_writer, groupId, offsets);
        return TryAppend(GroupRecordType.OffsetsStaged, groupId);
    }

    public bool TryEndTransaction(long producerId, bool isCommit)
    {
        _writer.Reset();
        _writer.Int64(producerId);
        _writer.Byte(isCommit ? (byte)1 : (byte)0);
        return TryAppend(GroupRecordType.TransactionEnded, $"producer {producerId}");
    }

    public void Replay(Dictionary<string, ClassicGroup> groups, OffsetStore offsets)
    {
        journal.Replay((type, version, payload) =>
        {
            _written += payload.Length;
            if (version != GroupRecords.Version)
            {
                throw new InvalidDataException(
                    $"The groups' journal has a record of version {version}; this broker reads version {GroupRecords.Version}.");
            }
            Apply((GroupRecordType)type, payload, groups, offsets);
        });
    }

    /// <summary>What is alive, in memory: quick, for it is done under the coordinator's gate.</summary>
    public GroupPicture Take(IReadOnlyCollection<ClassicGroup> groups, OffsetStore offsets)
    {
        var records = new List<(GroupRecordType, byte[])>();
        WriteAll(groups, offsets, type =>
        {
            records.Add((type, _writer.Written.ToArray()));
            _writer.Reset();
        });
        return new(records, journal.Length, _written);
    }

    /// <summary>Writes a picture down in place of all that led to it: outside the gate, for it takes the disk's time.</summary>
    /// <returns>False where that failed: the journal goes on growing.</returns>
    public bool Write(GroupPicture picture)
    {
        try
        {
            journal.Snapshot(picture.JournalLength, append =>
            {
                foreach (var (type, payload) in picture.Records) append((byte)type, GroupRecords.Version, payload);
            });
            return true;
        }
        catch (IOException e)
        {
            logger.LogWarning(e, "The journal of groups and offsets could not be written anew; it goes on growing");
            return false;
        }
    }

    /// <summary>After <see cref="Write"/>: where it failed, the next attempt comes after as much growth again.</summary>
    public void Note(GroupPicture picture, bool isWritten)
    {
        _alive = isWritten ? picture.Bytes : picture.WrittenBefore;
        _written -= isWritten ? picture.WrittenBefore - picture.Bytes : picture.WrittenBefore;
    }

    private void WriteAll(IReadOnlyCollection<ClassicGroup> groups, OffsetStore offsets, Action<GroupRecordType> record)
    {
        _writer.Reset();
        foreach (var group in groups)
        {
            GroupRecords.Write(_writer, group, group.State);
            record(GroupRecordType.Group);
            if (offsets.Of(group.Id) is not { Count: > 0 } committed) continue;
            foreach (var some in committed.Chunk(OffsetsInOneEntry))
            {
                GroupRecords.Write(_writer, group.Id, some);
                record(GroupRecordType.OffsetsCommitted);
            }
        }
        foreach (var (producerId, groupId, staged) in offsets.Staged.All)
        {
            _writer.Int64(producerId);
            GroupRecords.Write(_writer, groupId, staged);
            record(GroupRecordType.OffsetsStaged);
        }
    }

    private static void Apply(
        GroupRecordType type, ReadOnlySpan<byte> payload, Dictionary<string, ClassicGroup> groups, OffsetStore offsets)
    {
        var reader = new PayloadReader(payload);
        switch (type)
        {
            case GroupRecordType.Group:
                var group = GroupRecords.ReadGroup(ref reader);
                groups[group.Id] = group;
                break;
            case GroupRecordType.GroupDeleted:
                var deleted = reader.String();
                groups.Remove(deleted);
                offsets.ForgetGroup(deleted);
                break;
            case GroupRecordType.OffsetsCommitted:
                var committed = GroupRecords.ReadOffsets(ref reader);
                offsets.Apply(committed.GroupId, committed.Offsets);
                break;
            case GroupRecordType.OffsetsForgotten:
                var forgotten = GroupRecords.ReadPartitions(ref reader);
                offsets.Forget(forgotten.GroupId, forgotten.Partitions);
                break;
            case GroupRecordType.OffsetsStaged:
                var producerId = reader.Int64();
                var staged = GroupRecords.ReadOffsets(ref reader);
                offsets.Staged.Add(producerId, staged.GroupId, staged.Offsets);
                break;
            case GroupRecordType.TransactionEnded:
                var ended = reader.Int64();
                offsets.EndTransaction(ended, isCommit: reader.Byte() == 1);
                break;
            default:
                throw new InvalidDataException(
                    $"The groups' journal has a record of the unknown type {(byte)type}: a newer broker wrote it.");
        }
    }

    private bool TryAppend(GroupRecordType type, string about)
    {
        try
        {
            journal.Append((byte)type, GroupRecords.Version, _writer.Written, options.FlushesEachChange);
            _written += _writer.Written.Length;
            _trouble.Taken();
            return true;
        }
        catch (IOException e)
        {
            _trouble.Refused($"{about} ({type})", e);
            return false;
        }
    }
}
