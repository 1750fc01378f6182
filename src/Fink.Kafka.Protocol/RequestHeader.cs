using System.Buffers;
using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol;

/// <summary>
/// What stands before every request. The header is flexible when the request's version is, except that the client id keeps its
/// two-byte length.
/// </summary>
public readonly record struct RequestHeader(ApiKey Key, short Version, int CorrelationId, string? ClientId)
{
    /// <summary>
    /// Splits a frame (without its length) into header and body. Of an API that <see cref="ApiCatalog"/> does not know, only key,
    /// version and correlation id are read, and the body is what follows them: there is no telling where its header ends.
    /// </summary>
    /// <exception cref="MalformedMessageException">The frame ends inside the header.</exception>
    public static RequestHeader Read(ReadOnlyMemory<byte> frame, out ReadOnlyMemory<byte> body)
    {
        var reader = new FieldReader(frame, version: 0, flexible: false);
        short key = 0, version = 0;
        var correlationId = 0;
        string? clientId = null;
        reader.Int16(ref key, nameof(Key));
        reader.Int16(ref version, nameof(Version));
        reader.Int32(ref correlationId, nameof(CorrelationId));
        if (ApiCatalog.Find((ApiKey)key) is not { } api)
        {
            body = frame[reader.Position..];
            return new RequestHeader((ApiKey)key, version, correlationId, ClientId: null);
        }

        reader.NullableString(ref clientId, name: nameof(ClientId));
        var tags = new FieldReader(frame[reader.Position..], version: 0, api.Versions.IsFlexible(version));
        tags.NoTags();
        body = frame[(reader.Position + tags.Position)..];
        return new RequestHeader((ApiKey)key, version, correlationId, clientId);
    }

    public void Write(IBufferWriter<byte> output, bool flexible)
    {
        var writer = new FieldWriter(output, version: 0, flexible: false);
        var (key, version, correlationId, clientId) = ((short)Key, Version, CorrelationId, ClientId);
        writer.Int16(ref key);
        writer.Int16(ref version);
        writer.Int32(ref correlationId);
        writer.NullableString(ref clientId);
        writer.Complete();
        if (flexible) output.Write<byte>([0]);
    }
}
