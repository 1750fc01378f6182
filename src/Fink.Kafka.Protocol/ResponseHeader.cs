using System.Buffers;
using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol;

/// <summary>
/// What stands before every response: the correlation id of its request, and tagged fields where the version is flexible. A client
/// that asks for ApiVersions does not know yet what the broker speaks, so the header of that answer never has tagged fields.
/// </summary>
public readonly record struct ResponseHeader(int CorrelationId)
{
    public static bool IsFlexible(ApiKey key, ApiVersions versions, short version) =>
        key != ApiKey.ApiVersions && versions.IsFlexible(version);

    /// <exception cref="MalformedMessageException">The frame ends inside the header.</exception>
    public static ResponseHeader Read(ReadOnlyMemory<byte> frame, bool flexible, out ReadOnlyMemory<byte> body)
    {
        var reader = new FieldReader(frame, version: 0, flexible);
        var correlationId = 0;
        reader.Int32(ref correlationId, nameof(CorrelationId));
        reader.NoTags();
        body = frame[reader.Position..];
        return new ResponseHeader(correlationId);
    }

    public void Write(IBufferWriter<byte> output, bool flexible)
    {
        var writer = new FieldWriter(output, version: 0, flexible);
        var correlationId = CorrelationId;
        writer.Int32(ref correlationId);
        writer.NoTags();
        writer.Complete();
    }
}
