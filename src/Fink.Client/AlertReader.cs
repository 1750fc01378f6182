using System.Runtime.CompilerServices;
using Fink.Client.Decoding;
using Fink.Client.Reading;

namespace Fink.Client;

/// <summary>Reads alerts back from classification topics.</summary>
public sealed class AlertReader
{
    private readonly AlertReaderOptions _options;
    private readonly TimeProvider _timeProvider;

    public AlertReader(AlertReaderOptions options, TimeProvider? timeProvider = null)
    {
        if (options.Topics.Count == 0)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, "Name at least one topic to read.");
        }

        _options = options;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>
    /// Alerts as they arrive, until the limit, the end, or cancellation. With a group, an alert counts as read once the
    /// next one is asked for, so that the one in hand is not lost.
    /// </summary>
    /// <exception cref="AlertReadException">While enumerating.</exception>
    public async IAsyncEnumerable<Alert> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var decoder = new AlertDecoder(_options.Schema);
        var left = _options.Limit ?? long.MaxValue;
        if (left <= 0)
        {
            yield break;
        }

        using var messages = await Task.Run(
            () => MessageSource.Open(_options, _timeProvider, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        while (await messages.NextAsync(cancellationToken).ConfigureAwait(false) is { } message)
        {
            yield return decoder.Decode(message);
            messages.Done(message);
            if (--left == 0)
            {
                yield break;
            }
        }
    }
}
