using Fink.Kafka.Broker.Groups.Classic;
using Fink.Kafka.Broker.Groups.Offsets;
using Fink.Kafka.Broker.Groups.Requests;
using Fink.Kafka.Broker.Storage.Journals;

namespace Fink.Kafka.Broker.Groups.Journalling;

/// <summary>The payloads of version 1, each written and read in one place.</summary>
internal static class GroupRecords
{
    public const byte Version = 1;

    /// <param name="state">As which it is to be found: a generation without its assignment is formed anew.</param>
    public static void Write(PayloadWriter writer, ClassicGroup group, GroupState state)
    {
        writer.String(group.Id);
        writer.Byte((byte)state);
        writer.Time(group.StateSince);
        writer.Int32(group.Generation);
        writer.String(group.ProtocolType);
        writer.String(group.ProtocolName);
        writer.String(group.LeaderId);
        writer.Int32(group.Members.Count);
        foreach (var member in group.Members) Write(writer, member);
    }

    public static ClassicGroup ReadGroup(ref PayloadReader reader)
    {
        var id = reader.String();
        var state = (GroupState)reader.Byte();
        var group = new ClassicGroup(id, reader.Time());
        var generation = reader.Int32();
        var protocolType = reader.NullableString();
        var protocolName = reader.NullableString();
        var leaderId = reader.NullableString();
        var members = new List<GroupMember>();
        for (var left = reader.Int32(); left > 0; left--) members.Add(ReadMember(ref reader));
        group.Restore(generation, protocolType, protocolName, leaderId, state, members);
        return group;
    }

    public static void Write(
        PayloadWriter writer, string groupId, IReadOnlyCollection<KeyValuePair<TopicPartition, CommittedOffset>> offsets)
    {
        writer.String(groupId);
        writer.Int32(offsets.Count);
        foreach (var (partition, offset) in offsets)
        {
            Write(writer, partition);
            writer.Int64(offset.Offset);
            writer.Int32(offset.LeaderEpoch);
            writer.String(offset.Metadata);
            writer.Time(offset.CommittedAt);
            writer.Int64(offset.ExpiresAt?.ToUnixTimeMilliseconds() ?? -1);
        }
    }

    public static (string GroupId, List<KeyValuePair<TopicPartition, CommittedOffset>> Offsets) ReadOffsets(
        ref PayloadReader reader)
    {
        var groupId = reader.String();
        var offsets = new List<KeyValuePair<TopicPartition, CommittedOffset>>();
        for (var left = reader.Int32(); left > 0; left--)
        {
            var partition = ReadPartition(ref reader);
            var offset = reader.Int64();
            var leaderEpoch = reader.Int32();
            var metadata = reader.String();
            var committedAt = reader.Time();
            var expiresAt = reader.Int64();
            offsets.Add(new(partition, new CommittedOffset(offset, leaderEpoch, metadata, committedAt,
                expiresAt < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(expiresAt))));
        }
        return (groupId, offsets);
    }

    public static void Write(PayloadWriter writer, string groupId, IReadOnlyCollection<TopicPartition> partitions)
    {
        writer.String(groupId);
        writer.Int32(partitions.Count);
        foreach (var partition in partitions) Write(writer, partition);
    }

    public static (string GroupId, List<TopicPartition> Partitions) ReadPartitions(ref PayloadReader reader)
    {
        var groupId = reader.String();
        var partitions = new List<TopicPartition>();
        for (var left = reader.Int32(); left > 0; left--) partitions.Add(ReadPartition(ref reader));
        return (groupId, partitions);
    }

    private static void Write(PayloadWriter writer, TopicPartition partition)
    {
        writer.String(partition.Topic);
        writer.Int32(partition.Partition);
    }

    private static TopicPartition ReadPartition(ref PayloadReader reader)
    {
        var topic = reader.String();
        return new(topic, reader.Int32());
    }

    private static void Write(PayloadWriter writer, GroupMember member)
    {
        writer.String(member.Id);
        writer.String(member.InstanceId);
        writer.String(member.ClientId);
        writer.String(member.ClientHost);
        writer.String(member.ProtocolType);
        writer.Duration(member.SessionTimeout);
        writer.Duration(member.RebalanceTimeout);
        writer.Bytes(member.Assignment.Span);
        writer.Int32(member.Protocols.Count);
        foreach (var protocol in member.Protocols)
        {
            writer.String(protocol.Name);
            writer.Bytes(protocol.Metadata.Span);
        }
    }

    private static GroupMember ReadMember(ref PayloadReader reader)
    {
        var member = new GroupMember
        {
            Id = reader.String(),
            InstanceId = reader.NullableString(),
            ClientId = reader.String(),
            ClientHost = reader.String(),
            ProtocolType = reader.String(),
        };
        var sessionTimeout = reader.Duration();
        var rebalanceTimeout = reader.Duration();
        member.Assignment = reader.Bytes();
        var protocols = new List<MemberProtocol>();
        for (var left = reader.Int32(); left > 0; left--) protocols.Add(new(reader.String(), reader.Bytes()));
        member.Update(protocols, sessionTimeout, rebalanceTimeout);
        return member;
    }
}
