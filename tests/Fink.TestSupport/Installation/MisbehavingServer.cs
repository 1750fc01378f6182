using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fink.TestSupport.Installation;

/// <summary>A file server on the loopback interface that can cut connections off, and remembers what it was asked for.</summary>
public sealed class MisbehavingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public MisbehavingServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Ends the answer of the next so many downloads of an archive after this many bytes of the body.</summary>
    public (int Times, int Bytes) CutOff { get; set; }

    public bool KnowsRanges { get; set; } = true;

    /// <summary>`GET /path` or `GET /path from N`.</summary>
    public List<string> Asked { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AnswerAsync(client.GetStream());
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // The client or the test has gone.
                _ = e;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var path = (await reader.ReadLineAsync(_end.Token))!.Split(' ')[1];
        var from = 0;
        while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
        {
            if (header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase) && KnowsRanges)
            {
                from = int.Parse(header["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
        }

        Asked.Add(from > 0 ? $"GET {path} from {from}" : $"GET {path}");
        if (!Files.TryGetValue(path, out var file))
        {
            await SendAsync(stream, "404 Not Found", "<html>nothing here</html>"u8.ToArray(), "");
            return;
        }

        var body = file[from..];
        var range = from > 0 ? $"Content-Range: bytes {from}-{file.Length - 1}/{file.Length}\r\n" : "";
        var head = $"HTTP/1.1 {(from > 0 ? "206 Partial Content" : "200 OK")}\r\nContent-Length: {body.Length}\r\n{range}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
        if (path.EndsWith(".tgz", StringComparison.Ordinal) && CutOff.Times > 0)
        {
            CutOff = (CutOff.Times - 1, CutOff.Bytes);
            body = body[..Math.Min(CutOff.Bytes, body.Length)];
        }

        await stream.WriteAsync(body, _end.Token);
    }

    private async Task SendAsync(NetworkStream stream, string status, byte[] body, string headers)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{headers}Connection: close\r\n\r\n"), _end.Token);
        await stream.WriteAsync(body, _end.Token);
    }
}
