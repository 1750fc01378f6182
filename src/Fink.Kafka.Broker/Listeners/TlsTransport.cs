using System.IO.Pipelines;
using System.Net.Security;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>Plain bytes on this side, encrypted ones on the other.</summary>
internal sealed class TlsTransport : IDuplexPipe, IAsyncDisposable
{
    /// <summary>What a TLS record holds at most.</summary>
    private const int RecordSize = 16 * 1024;

    private readonly SslStream _stream;

    public TlsTransport(IDuplexPipe encrypted)
    {
        _stream = new SslStream(new DuplexPipeStream(encrypted), leaveInnerStreamOpen: false);
        Input = PipeReader.Create(_stream, new StreamPipeReaderOptions(bufferSize: RecordSize, leaveOpen: true));
        Output = PipeWriter.Create(_stream, new StreamPipeWriterOptions(minimumBufferSize: RecordSize, leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <exception cref="System.Security.Authentication.AuthenticationException">The client does not speak TLS, or not so that both agree.</exception>
    public Task AuthenticateAsync(SslStreamCertificateContext certificate, CancellationToken cancellationToken) =>
        _stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = certificate, ClientCertificateRequired = false }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Input.CompleteAsync();
        await Output.CompleteAsync();
        await _stream.DisposeAsync();
    }
}
