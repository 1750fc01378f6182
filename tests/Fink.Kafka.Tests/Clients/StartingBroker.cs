using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Tests.Clients;

/// <summary>A broker that speaks ApiVersions and Metadata, and that may know of no broker, not even itself, as one that has just started.</summary>
internal sealed class StartingBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private volatile bool _knowsItself = true;

    public StartingBroker()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool KnowsItself
    {
        set => _knowsItself = value;
    }

    public string Address => $"127.0.0.1:{Port}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var closed = client;
        var stream = client.GetStream();
        try
        {
            while (true)
            {
                var length = new byte[Frame.LengthSize];
                await stream.ReadExactlyAsync(length, _end.Token);
                var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
                await stream.ReadExactlyAsync(frame, _end.Token);
                await stream.WriteAsync(Answer(RequestHeader.Read(frame, out _)), _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client or the test went away.
            return;
        }
    }

    private ReadOnlyMemory<byte> Answer(RequestHeader header)
    {
        var output = new ArrayBufferWriter<byte>();
        if (header.Key == ApiKey.ApiVersions)
        {
            Frame.WriteResponse<ApiVersionsRequest, ApiVersionsResponse>(output, header.Version, header.CorrelationId, new ApiVersionsResponse
            {
                ApiKeys =
                [
                    new() { ApiKey = (short)ApiKey.ApiVersions, MinVersion = 0, MaxVersion = 3 },
                    new() { ApiKey = (short)ApiKey.Metadata, MinVersion = 0, MaxVersion = 9 },
                ],
            });
        }
        else
        {
            var knowsItself = _knowsItself;
            Frame.WriteResponse<MetadataRequest, MetadataResponse>(output, header.Version, header.CorrelationId, new MetadataResponse
            {
                Brokers = knowsItself ? [new() { NodeId = 7, Host = "127.0.0.1", Port = Port }] : [],
                ClusterId = "a-cluster",
                ControllerId = knowsItself ? 7 : -1,
            });
        }

        return output.WrittenMemory;
    }
}
