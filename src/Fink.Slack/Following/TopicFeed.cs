using System.Runtime.CompilerServices;
using Fink.Client;
using Fink.Slack.Alerts;

namespace Fink.Slack.Following;

/// <summary>Topics as a consumer group reads them.</summary>
/// <param name="consumer">A member of a group that commits when it is told to (<see cref="CommitMode.Manual"/>).</param>
/// <param name="rows">Has the columns of every alert that the consumer hands on, as where that requires them.</param>
/// <param name="moved">
/// Told of the last alert of each partition that another member of the group had when its alerts were to be committed: who
/// has it tells of them too.
/// </param>
public sealed class TopicFeed(AlertConsumer consumer, AlertRows rows, Action<AlertPosition>? moved = null) : IAlertFeed
{
    public async IAsyncEnumerable<FedAlert> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var alert in consumer.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new FedAlert(rows.Of(alert), alert.Position);
        }
    }

    public bool Holds(AlertPosition position) => consumer.Holds(position);

    public async Task CommitAsync(IReadOnlyCollection<AlertPosition> last, CancellationToken cancellationToken)
    {
        foreach (var position in last)
        {
            await CommitAsync(position, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(AlertPosition position, CancellationToken cancellationToken)
    {
        try
        {
            await consumer.CommitAsync(position, cancellationToken).ConfigureAwait(false);
        }
        catch (AlertReadException e) when (e.Failure == AlertReadFailure.Moved)
        {
            // Who follows that partition now moves its place; to move it back would post once more.
            moved?.Invoke(position);
        }
    }
}
