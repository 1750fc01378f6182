using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Fink.Kafka.Broker.Tests.Security;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Wire;

// Fink.Kafka, which is nearer, has one of its own.
using ScramMechanism = Fink.Kafka.Broker.Security.Scram.ScramMechanism;

/// <summary>A connection that sends any request in any version: to our broker or to anybody's.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private int _correlationId;

    private WireClient()
    {
    }

    public static async Task<WireClient> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var client = new WireClient();
        await client._tcp.ConnectAsync(host, port, cancellationToken);
        return client;
    }

    public async Task LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        var scram = new ScramTestClient(ScramMechanism.Sha512, user, password);
        await SendAsync<SaslHandshakeRequest, SaslHandshakeResponse>(new() { Mechanism = "SCRAM-SHA-512" }, 1, cancellationToken);
        var first = await SendAsync<SaslAuthenticateRequest, SaslAuthenticateResponse>(
            new() { AuthBytes = scram.First() }, 2, cancellationToken);
        var last = await SendAsync<SaslAuthenticateRequest, SaslAuthenticateResponse>(
            new() { AuthBytes = scram.Final(first.AuthBytes.Span) }, 2, cancellationToken);
        Assert.True(last.ErrorCode == ErrorCode.None, $"{last.ErrorCode}: {last.ErrorMessage}, {Encoding.UTF8.GetString(last.AuthBytes.Span)}");
    }

    /// <exception cref="EndOfStreamException">The broker closed the connection.</exception>
    public async Task<TResponse> SendAsync<TRequest, TResponse>(TRequest request, short version, CancellationToken cancellationToken)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        var frame = new ArrayBufferWriter<byte>();
        Frame.WriteRequest<TRequest, TResponse>(frame, version, ++_correlationId, "wire", request);
        var stream = _tcp.GetStream();
        await stream.WriteAsync(frame.WrittenMemory, cancellationToken);

        var length = new byte[Frame.LengthSize];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var answer = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        var flexible = ResponseHeader.IsFlexible(TRequest.Key, TRequest.Versions, version);
        Assert.Equal(_correlationId, ResponseHeader.Read(answer, flexible, out var body).CorrelationId);
        return Frame.ReadBody<TResponse>(body, version, TRequest.Versions);
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
