using System.Runtime.CompilerServices;
using Fink.Client;
using Fink.Slack.Alerts;

namespace Fink.Slack.Following;

/// <summary>Topics as a consumer group reads them.</summary>
/// <param name="consumer">A member of a group that commits when it is told to (<see cref="CommitMode.Manual"/>).</param>
/// <param name="classColumn">The column of the classes; null to look for one.</param>
public sealed class TopicFeed(AlertConsumer consumer, string? classColumn) : IAlertFeed
{
    private readonly AlertRows _rows = new(classColumn);

    public async IAsyncEnumerable<FedAlert> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var alert in consumer.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return new FedAlert(_rows.Of(alert), alert.Position);
        }
    }

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
            return;
        }
    }
}
