using Fink.Client;
using Fink.Slack.Alerts;

namespace Fink.Slack.Following;

/// <summary>Alerts of topics as they come, and how far they are done with. One reader.</summary>
public interface IAlertFeed
{
    /// <summary>Until the end where there is one, else until it is cancelled.</summary>
    IAsyncEnumerable<FedAlert> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Whether this run still answers for an alert that it was fed: another one may have been given its partition since.</summary>
    bool Holds(AlertPosition position);

    /// <summary>
    /// A later run begins behind these, the last of each partition. Comes while the next alert is waited for, and behind
    /// the end.
    /// </summary>
    Task CommitAsync(IReadOnlyCollection<AlertPosition> last, CancellationToken cancellationToken);
}

/// <summary>An alert and where it lies.</summary>
public readonly record struct FedAlert(AlertRow Row, AlertPosition Position);
