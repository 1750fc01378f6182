using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>A client's connection, from accepting to closing: one request at a time, answered in order.</summary>
internal sealed partial class Connection(ConnectionContext transport, ClientConnection client, ListenerServices services)
{
    private static readonly TimeSpan TimeToHangUp = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = services.Logger;
    private readonly ClientLog _log = services.ClientLog;

    public IPAddress Address { get; } = AddressOf(transport);

    public Patience Patience { get; } = new(services.Time);

    public static IPAddress AddressOf(ConnectionContext transport)
    {
        var address = (transport.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    public void Abort(string reason)
    {
        LogAbort(_log.LineOf(Address), Address, client.Who.Principal, reason);
        transport.Abort(new ConnectionAbortedException(reason));
    }

    /// <summary>Until the client goes, is sent away, or the broker stops. Throws nothing.</summary>
    public async Task RunAsync(SslStreamCertificateContext? certificate, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(transport.ConnectionClosed, stopping);
        try
        {
            Patience.Limit(services.Settings.LoginTimeout);
            if (certificate is null)
            {
                await ServeAsync(transport.Transport, stopping, gone.Token);
            }
            else
            {
                await using var tls = new TlsTransport(transport.Transport);
                await tls.AuthenticateAsync(certificate, gone.Token);
                await ServeAsync(tls, stopping, gone.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogGone(_logger, Address);
        }
        catch (Exception e) when (e is MalformedMessageException or AuthenticationException)
        {
            LogRefused(_log.LineOf(Address), Address, client.Who.Principal, e.Message);
        }
        catch (IOException e)
        {
            LogBroken(_logger, Address, e.Message);
        }
        catch (Exception e)
        {
            LogFault(_log.LineOf(Address), e, Address, client.Who.Principal);
        }
        finally
        {
            client.Sent();
            Patience.Unlimited();
            Patience.WaitFor(TimeToHangUp);
        }
    }

    private async Task ServeAsync(IDuplexPipe pipe, CancellationToken stopping, CancellationToken gone)
    {
        using var reader = new FrameReader(pipe.Input, services.Budget, Patience);
        var output = new AnswerWriter(pipe.Output, Patience, services.Settings.MaxIdle);
        if (client.Sasl is null) Patience.Unlimited();
        while (!stopping.IsCancellationRequested)
        {
            Patience.WaitFor(services.Settings.MaxIdle);
            var limit = client.IsAuthenticated ? services.Settings.MaxRequestBytes : services.Settings.MaxLoginBytes;
            if (await reader.ReadAsync(limit, stopping) is not { } frame) return;

            Patience.Rest();
            var refusal = client.Sasl is { ExpectsRawTokens: true }
                ? await AnswerTokenAsync(frame, output, gone)
                : await services.Router.ServeAsync(frame, client, output, gone);
            reader.Release();
            if (refusal is not null)
            {
                LogRefused(_log.LineOf(Address), Address, client.Who.Principal, refusal);
                return;
            }

            if (client.IsAuthenticated) Patience.Unlimited();
            var isThere = await output.SendAsync();
            client.Sent();
            if (!isThere || client.ClosesAfterAnswer) return;
        }
    }

    /// <summary>After SaslHandshake v0 a login is frames of bare tokens, and a login that fails has no answer.</summary>
    private async ValueTask<string?> AnswerTokenAsync(ReadOnlyMemory<byte> token, AnswerWriter output, CancellationToken gone)
    {
        var answer = client.Sasl!.Authenticate(token.Span);
        if (answer.Error != ErrorCode.None)
        {
            await Task.Delay(services.Settings.FailedAuthenticationDelay, services.Time, gone);
            return answer.Reason;
        }

        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(Frame.LengthSize), answer.Token.Length);
        output.Advance(Frame.LengthSize);
        output.Write(answer.Token.Span);
        return null;
    }

    [LoggerMessage(LogLevel.Debug, "{Address} has gone")]
    private static partial void LogGone(ILogger logger, IPAddress address);

    [LoggerMessage(LogLevel.Information, "The connection of {Address} ({Principal}) is closed: {Reason}")]
    private static partial void LogAbort(ILogger logger, IPAddress address, string principal, string reason);

    [LoggerMessage(LogLevel.Information, "{Address} ({Principal}) is sent away: {Reason}")]
    private static partial void LogRefused(ILogger logger, IPAddress address, string principal, string reason);

    [LoggerMessage(LogLevel.Debug, "The connection of {Address} broke: {Reason}")]
    private static partial void LogBroken(ILogger logger, IPAddress address, string reason);

    [LoggerMessage(LogLevel.Error, "A request of {Address} ({Principal}) could not be served; its connection is closed")]
    private static partial void LogFault(ILogger logger, Exception exception, IPAddress address, string principal);
}
