using System.Net;
using System.Net.Http.Headers;

namespace Fink.Kafka.Cluster.Installation;

/// <summary>Gets a file over HTTP; what arrived of it before a connection broke is kept and gone on with.</summary>
internal sealed class Download(HttpClient http, TimeProvider time, IProgress<InstallProgress>? progress)
{
    private const int Tries = 5;
    private const int BufferBytes = 128 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Null when the server does not have it.</summary>
    /// <exception cref="ClusterException"/>
    public async Task<string?> TextAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var limit = Limit(cancellationToken);
            using var answer = await http.GetAsync(address, limit.Token).ConfigureAwait(false);
            return answer.StatusCode == HttpStatusCode.NotFound ? null
                : answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(limit.Token).ConfigureAwait(false)
                : throw Refused(address, answer.StatusCode);
        }
        catch (Exception e) when (IsBroken(e, cancellationToken))
        {
            throw Broken(address, e);
        }
    }

    /// <exception cref="ClusterException"/>
    public async Task FileAsync(Uri address, string file, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = File.Exists(file) ? new FileInfo(file).Length : 0;
            try
            {
                await GoOnAsync(address, file, before, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception e) when (IsBroken(e, cancellationToken))
            {
                if (attempt == Tries)
                {
                    throw Broken(address, e);
                }
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task GoOnAsync(Uri address, string file, long have, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);
        }

        using var limit = Limit(cancellationToken);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // All of it is here already, or what is here is of another file: the sum will tell.
            return;
        }

        if (!answer.IsSuccessStatusCode)
        {
            throw Refused(address, answer.StatusCode);
        }

        // A server that knows no ranges sends all of it again.
        var continues = answer.StatusCode == HttpStatusCode.PartialContent;
        var at = continues ? have : 0;
        var total = answer.Content.Headers.ContentLength + at;
        var target = new FileStream(file, continues ? FileMode.Append : FileMode.Create, FileAccess.Write);
        await using (target.ConfigureAwait(false))
        {
            var source = await answer.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                var buffer = new byte[BufferBytes];
                int read;
                while ((read = await source.ReadAsync(buffer, limit.Token).ConfigureAwait(false)) > 0)
                {
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                    at += read;
                    progress?.Report(new InstallProgress("downloading", at, total));
                    limit.CancelAfter(Patience);
                }
            }
        }

        if (total is { } expected && at < expected)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"the connection ended after {at} of {expected} bytes");
        }
    }

    private static CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }

    private static bool IsBroken(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or HttpIOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static ClusterException Refused(Uri address, HttpStatusCode status) =>
        new(ClusterErrorKind.Failed, $"cannot download {address}: the server answered {(int)status} {status}");

    private static ClusterException Broken(Uri address, Exception e) =>
        new(
            e is OperationCanceledException ? ClusterErrorKind.TimedOut : ClusterErrorKind.Failed,
            $"cannot download {address}: {(e is OperationCanceledException ? $"nothing came for {Patience.TotalSeconds:0} s" : e.Message)}; run it again to go on", e);
}
