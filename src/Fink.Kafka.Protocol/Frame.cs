using System.Buffers;
using System.Buffers.Binary;
using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol;

/// <summary>Whole messages to frames (four bytes of length, header, body) and bodies back to messages.</summary>
public static class Frame
{
    /// <summary>What stands before a frame: its length without these four bytes.</summary>
    public const int LengthSize = 4;

    /// <summary>Reads a body. Bytes after it are let be, as Kafka does.</summary>
    /// <param name="body">Byte fields of the message are slices of it.</param>
    /// <exception cref="MalformedMessageException">These bytes are no such message.</exception>
    public static T ReadBody<T>(ReadOnlyMemory<byte> body, short version, ApiVersions versions)
        where T : class, IWireStruct, new()
    {
        var message = new T();
        var reader = new FieldReader(body, version, versions.IsFlexible(version));
        message.VisitFields(ref reader);
        return message;
    }

    public static void WriteBody<T>(IBufferWriter<byte> output, T message, short version, ApiVersions versions)
        where T : class, IWireStruct
    {
        var writer = new FieldWriter(output, version, versions.IsFlexible(version));
        message.VisitFields(ref writer);
        writer.Complete();
    }

    /// <summary>The size of a body in bytes.</summary>
    public static int SizeOfBody<T>(T message, short version, ApiVersions versions)
        where T : class, IWireStruct
    {
        var sizer = new FieldSizer(version, versions.IsFlexible(version));
        message.VisitFields(ref sizer);
        return sizer.Size;
    }

    public static void WriteRequest<TRequest, TResponse>(
        IBufferWriter<byte> output, short version, int correlationId, string? clientId, TRequest request)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        var header = new RequestHeader(TRequest.Key, version, correlationId, clientId);
        var flexible = TRequest.Versions.IsFlexible(version);
        var headerBytes = new ArrayBufferWriter<byte>();
        header.Write(headerBytes, flexible);
        WriteLength(output, headerBytes.WrittenCount + SizeOfBody(request, version, TRequest.Versions));
        output.Write(headerBytes.WrittenSpan);
        WriteBody(output, request, version, TRequest.Versions);
    }

    public static void WriteResponse<TRequest, TResponse>(
        IBufferWriter<byte> output, short version, int correlationId, TResponse response)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        var flexible = ResponseHeader.IsFlexible(TRequest.Key, TRequest.Versions, version);
        var headerSize = flexible ? 5 : 4;
        WriteLength(output, headerSize + SizeOfBody(response, version, TRequest.Versions));
        new ResponseHeader(correlationId).Write(output, flexible);
        WriteBody(output, response, version, TRequest.Versions);
    }

    private static void WriteLength(IBufferWriter<byte> output, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(LengthSize), length);
        output.Advance(LengthSize);
    }
}
