namespace Fink.Client;

/// <summary>Reads alerts back from classification topics.</summary>
public sealed class AlertReader(AlertReaderOptions options, TimeProvider? timeProvider = null)
{
    private readonly AlertReaderOptions _options = options;
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    /// <summary>
    /// Alerts as they arrive, until the limit, the end, or cancellation. With a group, an alert counts as read once the
    /// next one is asked for, so that the one in hand is not lost.
    /// </summary>
    /// <exception cref="AlertReadException">While enumerating.</exception>
    public IAsyncEnumerable<Alert> ReadAsync(CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
