using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Handlers;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Tests.Storage.Journals;
using Fink.Kafka.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fink.Kafka.Broker.Tests.Handlers;

// Fink.Kafka, which is nearer, has others of these names.
using Acl = Fink.Kafka.Broker.Security.Acls.Acl;
using AclOperation = Fink.Kafka.Protocol.Values.AclOperation;
using AclPermissionType = Fink.Kafka.Protocol.Values.AclPermissionType;
using Authorizer = Fink.Kafka.Broker.Security.Acls.Authorizer;
using PatternType = Fink.Kafka.Protocol.Values.PatternType;
using ResourcePattern = Fink.Kafka.Broker.Security.Acls.ResourcePattern;
using ResourceType = Fink.Kafka.Protocol.Values.ResourceType;

/// <summary>
/// The handlers of groups, users, ACLs and quotas over state in memory, asked frame by frame as from a connection of somebody who has
/// not logged in. It has one topic, <c>t</c>, of two partitions.
/// </summary>
internal sealed class SmallBroker : IDisposable
{
    public const int NodeId = 3;

    private readonly Router _router = new();

    /// <param name="allowsAll">Whether everybody may do everything that no ACL speaks of.</param>
    public SmallBroker(bool allowsAll = true, bool hasAuthorizer = true)
    {
        Metadata = MetadataStore.Open(Journal);
        Metadata.Update<bool>(_ => ([new MetadataChange.TopicCreated(Topic("t"))], true));
        Groups = new GroupCoordinator(
            new MemoryJournal(), new GroupOptions { InitialRebalanceDelay = TimeSpan.Zero }, Clock, NullLogger<GroupCoordinator>.Instance);
        var authorizer = hasAuthorizer ? new Authorizer([], allowsAll, () => Metadata.Image.Acls) : Authorizer.None;
        _router
            .Add(new OffsetCommitHandler(Metadata, Groups, authorizer))
            .Add(new OffsetFetchHandler(Groups, authorizer))
            .Add(new FindCoordinatorHandler(NodeId, authorizer))
            .Add(new JoinGroupHandler(Groups, authorizer))
            .Add(new HeartbeatHandler(Groups, authorizer))
            .Add(new LeaveGroupHandler(Groups, authorizer))
            .Add(new SyncGroupHandler(Groups, authorizer))
            .Add(new DescribeGroupsHandler(Groups, authorizer))
            .Add(new ListGroupsHandler(Groups, authorizer))
            .Add(new DescribeAclsHandler(Metadata, authorizer))
            .Add(new CreateAclsHandler(Metadata, authorizer))
            .Add(new DeleteAclsHandler(Metadata, authorizer))
            .Add(new DeleteGroupsHandler(Groups, authorizer))
            .Add(new OffsetDeleteHandler(Metadata, Groups, authorizer))
            .Add(new DescribeClientQuotasHandler(Metadata, authorizer))
            .Add(new AlterClientQuotasHandler(Metadata, authorizer))
            .Add(new DescribeUserScramCredentialsHandler(Metadata, authorizer))
            .Add(new AlterUserScramCredentialsHandler(Metadata, authorizer));
    }

    public MemoryJournal Journal { get; } = new();

    public MetadataStore Metadata { get; }

    public GroupCoordinator Groups { get; }

    public FakeTimeProvider Clock { get; } = new();

    public static Topic Topic(string name) => new(name, Guid.NewGuid(), 2, ImmutableDictionary<string, string>.Empty);

    public void Allow(ResourceType type, string name, AclOperation operation) => Metadata.Update<bool>(_ =>
    ([
        new MetadataChange.AclAdded(new Acl(
            new ResourcePattern(type, PatternType.Literal, name), "User:ANONYMOUS", "*", operation, AclPermissionType.Allow)),
    ], true));

    /// <summary>In the newest version, unless another is asked for. The request's bytes are overwritten before it returns.</summary>
    public async Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request, short? version = null)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        var spoken = version ?? TRequest.Versions.Newest;
        var bytes = new ArrayBufferWriter<byte>();
        Frame.WriteRequest<TRequest, TResponse>(bytes, spoken, correlationId: 1, "small", request);
        var frame = bytes.WrittenSpan[Frame.LengthSize..].ToArray();
        var answer = new ArrayBufferWriter<byte>();
        var connection = new ClientConnection(IPAddress.Loopback, new AdvertisedEndpoint("L", "broker.example", 9094), sasl: null);
        Assert.Null(await _router.ServeAsync(frame, connection, answer, TestContext.Current.CancellationToken));
        frame.AsSpan().Fill(0xee);
        var header = ResponseHeader.IsFlexible(TRequest.Key, TRequest.Versions, spoken) ? 5 : 4;
        return Frame.ReadBody<TResponse>(answer.WrittenMemory[(Frame.LengthSize + header)..], spoken, TRequest.Versions);
    }

    public void Dispose() => Groups.Dispose();
}
