using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Integration.Tests.Reading;

/// <summary>
/// A member of a group that a test moves by hand, over a connection of its own. The first member of a group leads it: it
/// says who has which partition, and when; and it can have another one sent away, as an admin does.
/// </summary>
internal sealed class GroupPeer : IDisposable
{
    private readonly TcpClient _connection = new() { NoDelay = true };
    private readonly string _topic;
    private readonly string _group;
    private string _memberId = "";
    private JoinGroupResponse _joined = new();
    private int _correlation;

    private GroupPeer(string topic, string group) => (_topic, _group) = (topic, group);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<GroupPeer> ConnectAsync(string server, string topic, string group)
    {
        var peer = new GroupPeer(topic, group);
        var colon = server.LastIndexOf(':');
        await peer._connection.ConnectAsync(server[..colon], int.Parse(server.AsSpan(colon + 1), provider: null), Cancel);
        return peer;
    }

    /// <summary>The other member, where there is one. Null while there is none.</summary>
    public string? Other => _joined.Members.Select(member => member.MemberId).SingleOrDefault(id => id != _memberId);

    /// <summary>Has the group come together anew; returns once every member is there, who then wait for <see cref="GiveAsync"/>.</summary>
    public async Task GatherAsync()
    {
        // Before version 4 a new member need not join twice.
        _joined = await AskAsync<JoinGroupRequest, JoinGroupResponse>(
            new JoinGroupRequest
            {
                GroupId = _group,
                MemberId = _memberId,
                SessionTimeoutMs = 60_000,
                RebalanceTimeoutMs = 60_000,
                ProtocolType = "consumer",
                Protocols = [new() { Name = "range", Metadata = Subscription() }],
            },
            version: 3);
        Assert.Equal(ErrorCode.None, _joined.ErrorCode);
        _memberId = _joined.MemberId;
    }

    /// <summary>Gathers until the other one is there too, which has nothing until then.</summary>
    public async Task GatherWithOtherAsync()
    {
        await GatherAsync();
        while (Other is null)
        {
            // Refused where the other one comes at this very moment.
            await AssignAsync([]);
            await Task.Delay(20, Cancel);
            await GatherAsync();
        }
    }

    /// <summary>The other member has these partitions now, and nobody any other.</summary>
    public async Task GiveAsync(params int[] partitions) => Assert.Equal(ErrorCode.None, await AssignAsync(partitions));

    /// <summary>The group goes on without the other, which hears of it when it next asks the group for something.</summary>
    public async Task SendAwayAsync()
    {
        var left = await AskAsync<LeaveGroupRequest, LeaveGroupResponse>(
            new LeaveGroupRequest { GroupId = _group, Members = [new() { MemberId = Other! }] }, version: 3);
        Assert.Equal(ErrorCode.None, left.ErrorCode);
        _joined.Members = [];
    }

    /// <summary>Moves the group's place, as a member that has the partition.</summary>
    public async Task CommitAsync(int partition, long next)
    {
        var request = new OffsetCommitRequest
        {
            GroupId = _group,
            GenerationIdOrMemberEpoch = _joined.GenerationId,
            MemberId = _memberId,
            Topics = [new() { Name = _topic, Partitions = [new() { PartitionIndex = partition, CommittedOffset = next, CommittedMetadata = "" }] }],
        };
        var committed = await AskAsync<OffsetCommitRequest, OffsetCommitResponse>(request, version: 7);
        Assert.Equal(ErrorCode.None, committed.Topics[0].Partitions[0].ErrorCode);
    }

    /// <summary>As a new run of the group would find it; -1 where nothing is committed.</summary>
    public async Task<long> CommittedAsync(int partition)
    {
        var request = new OffsetFetchRequest { GroupId = _group, Topics = [new() { Name = _topic, PartitionIndexes = [partition] }] };
        var places = await AskAsync<OffsetFetchRequest, OffsetFetchResponse>(request, version: 5);
        return places.Topics[0].Partitions[0].CommittedOffset;
    }

    public void Dispose() => _connection.Dispose();

    private async Task<ErrorCode> AssignAsync(int[] partitions)
    {
        var given = await AskAsync<SyncGroupRequest, SyncGroupResponse>(
            new SyncGroupRequest
            {
                GroupId = _group,
                GenerationId = _joined.GenerationId,
                MemberId = _memberId,
                Assignments = [.. _joined.Members.Select(member => new SyncGroupRequest.MemberAssignment { MemberId = member.MemberId, Assignment = Assignment(member.MemberId == _memberId ? [] : partitions) })],
            },
            version: 3);
        return given.ErrorCode;
    }

    /// <summary>ConsumerProtocolSubscription, version 0: the topics, and no data of its own.</summary>
    private byte[] Subscription() => [0, 0, 0, 0, 0, 1, .. Text(_topic), 0xff, 0xff, 0xff, 0xff];

    /// <summary>ConsumerProtocolAssignment, version 0.</summary>
    private byte[] Assignment(int[] partitions) =>
        [0, 0, 0, 0, 0, 1, .. Text(_topic), .. Number(partitions.Length), .. partitions.SelectMany(Number), 0xff, 0xff, 0xff, 0xff];

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private async Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request, short version)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        var bytes = new ArrayBufferWriter<byte>();
        Frame.WriteRequest<TRequest, TResponse>(bytes, version, ++_correlation, "peer", request);
        var stream = _connection.GetStream();
        await stream.WriteAsync(bytes.WrittenMemory, Cancel);
        var length = new byte[Frame.LengthSize];
        await stream.ReadExactlyAsync(length, Cancel);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(frame, Cancel);
        Assert.Equal(_correlation, BinaryPrimitives.ReadInt32BigEndian(frame));
        return Frame.ReadBody<TResponse>(frame.AsMemory(sizeof(int)), version, TRequest.Versions);
    }
}
