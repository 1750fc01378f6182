using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Fink.Kafka.Broker.Tests.Security;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Permissions;

// Fink.Kafka, which is nearer, has one of its own.
using ScramMechanism = Fink.Kafka.Protocol.Values.ScramMechanism;

/// <summary>A connection on which one message after the other is sent and answered, by any broker.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly TcpClient _connection = new() { NoDelay = true };

    // Asked of the client again, it would throw as if it had been misused once the broker has closed the connection.
    private NetworkStream _stream = null!;
    private int _correlation;

    public static async Task<WireClient> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var client = new WireClient();
        await client._connection.ConnectAsync(host, port, cancellationToken);
        client._stream = client._connection.GetStream();
        return client;
    }

    /// <summary>Logs in with SCRAM-SHA-512.</summary>
    public static async Task<WireClient> LogInAsync(
        string host, int port, string user, string password, CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(host, port, cancellationToken);
        var last = await client.AuthenticateAsync(user, password, cancellationToken);
        if (last.ErrorCode != ErrorCode.None)
        {
            client.Dispose();
            throw new UnauthorizedAccessException($"{user}: {last.ErrorMessage}");
        }

        return client;
    }

    /// <summary>With SCRAM-SHA-512, for the first time or again. The broker's last answer.</summary>
    public async Task<SaslAuthenticateResponse> AuthenticateAsync(string user, string password, CancellationToken cancellationToken)
    {
        var handshake = await AskAsync<SaslHandshakeRequest, SaslHandshakeResponse>(
            new SaslHandshakeRequest { Mechanism = "SCRAM-SHA-512" }, cancellationToken);
        Assert.Equal(ErrorCode.None, handshake.ErrorCode);
        var scram = new ScramTestClient(ScramMechanism.ScramSha512, user, password);
        var first = await AskAsync<SaslAuthenticateRequest, SaslAuthenticateResponse>(
            new SaslAuthenticateRequest { AuthBytes = scram.First() }, cancellationToken);
        return await AskAsync<SaslAuthenticateRequest, SaslAuthenticateResponse>(
            new SaslAuthenticateRequest { AuthBytes = scram.Final(first.AuthBytes.Span) }, cancellationToken);
    }

    /// <summary>In the newest version that both sides of this project know, unless another is asked for.</summary>
    public async Task<TResponse> AskAsync<TRequest, TResponse>(
        TRequest request, CancellationToken cancellationToken, short? version = null)
        where TRequest : class, IRequest<TRequest, TResponse>, new()
        where TResponse : class, IResponse, new()
    {
        var spoken = version ?? TRequest.Versions.Newest;
        var bytes = new ArrayBufferWriter<byte>();
        Frame.WriteRequest<TRequest, TResponse>(bytes, spoken, ++_correlation, "permissions", request);
        await SendAsync(bytes.WrittenMemory, cancellationToken);
        var frame = await ReceiveAsync(cancellationToken) ?? throw new EndOfStreamException($"no answer to {TRequest.Key}");
        Assert.Equal(_correlation, BinaryPrimitives.ReadInt32BigEndian(frame));
        var header = ResponseHeader.IsFlexible(TRequest.Key, TRequest.Versions, spoken) ? 5 : 4;
        return Frame.ReadBody<TResponse>(frame.AsMemory(header), spoken, TRequest.Versions);
    }

    /// <summary>Whatever bytes.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        _stream.WriteAsync(bytes, cancellationToken);

    /// <summary>The next frame without its length; null where the broker has closed the connection.</summary>
    public async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var length = new byte[Frame.LengthSize];
            await _stream.ReadExactlyAsync(length, cancellationToken);
            var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            await _stream.ReadExactlyAsync(frame, cancellationToken);
            return frame;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _connection.Dispose();
}
