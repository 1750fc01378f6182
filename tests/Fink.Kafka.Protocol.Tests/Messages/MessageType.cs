using System.Buffers;
using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Tests.Messages;

/// <summary>A request or response of the catalog, without its type parameters: what tests of all of them go through.</summary>
internal abstract record MessageType(ApiKey Key, ApiVersions Versions, bool IsRequest)
{
    public static IReadOnlyList<MessageType> All { get; } = Collect();

    /// <summary>Every message in every version.</summary>
    public static IEnumerable<(MessageType Type, short Version)> Everything =>
        from type in All
        from version in Enumerable.Range(type.Versions.Oldest, type.Versions.Newest - type.Versions.Oldest + 1)
        select (type, (short)version);

    public bool HasFlexibleHeader(short version) =>
        IsRequest ? Versions.IsFlexible(version) : ResponseHeader.IsFlexible(Key, Versions, version);

    public abstract IWireStruct New();

    public abstract IWireStruct Read(ReadOnlyMemory<byte> body, short version);

    public abstract byte[] Write(IWireStruct message, short version);

    public abstract int Size(IWireStruct message, short version);

    public override string ToString() => $"{Key} {(IsRequest ? "request" : "response")}";

    private static List<MessageType> Collect()
    {
        var collector = new Collector();
        ApiCatalog.VisitAll(collector);
        return collector.Types;
    }

    private sealed class Collector : IApiVisitor
    {
        public List<MessageType> Types { get; } = [];

        public void Visit<TRequest, TResponse>()
            where TRequest : class, IRequest<TRequest, TResponse>, new()
            where TResponse : class, IResponse, new()
        {
            Types.Add(new MessageType<TRequest>(TRequest.Key, TRequest.Versions, IsRequest: true));
            Types.Add(new MessageType<TResponse>(TRequest.Key, TRequest.Versions, IsRequest: false));
        }
    }
}

internal sealed record MessageType<T>(ApiKey Key, ApiVersions Versions, bool IsRequest) : MessageType(Key, Versions, IsRequest)
    where T : class, IWireStruct, new()
{
    public override IWireStruct New() => new T();

    public override IWireStruct Read(ReadOnlyMemory<byte> body, short version) => Frame.ReadBody<T>(body, version, Versions);

    public override byte[] Write(IWireStruct message, short version)
    {
        var output = new ArrayBufferWriter<byte>();
        Frame.WriteBody(output, (T)message, version, Versions);
        return output.WrittenSpan.ToArray();
    }

    public override int Size(IWireStruct message, short version) => Frame.SizeOfBody((T)message, version, Versions);

    public override string ToString() => base.ToString();
}
