using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Fink.Client.Decoding;
using Fink.Client.Reading;

namespace Fink.Client;

/// <summary>
/// Reads alerts back from classification topics. It connects when <see cref="ReadAsync"/> is enumerated and lets go when
/// that ends; one enumeration at a time. Only who commits by hand has something to dispose: behind the end, or an error, it
/// stays in its group, so that what came last can be committed. <see cref="Pause"/>, <see cref="Resume"/>, <see cref="Holds"/> and the
/// commit of a position may be called from anywhere; the other commands by whoever enumerates, between two alerts or behind
/// the end.
/// </summary>
public sealed class AlertConsumer : IDisposable
{
    private readonly AlertConsumerOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly RecentAlerts _recent;
    private MessageSource? _messages;
    private bool _isReading;
    private volatile bool _isPaused;

    private AlertConsumer(AlertConsumerOptions options, TimeProvider timeProvider)
    {
        _options = options;
        _timeProvider = timeProvider;
        _recent = new RecentAlerts(options.DuplicateWindow, options.Commit);
    }

    /// <summary>So far, over all enumerations.</summary>
    public AlertCounts Counts { get; private set; }

    /// <exception cref="AlertReadException">The options are wrong; every mistake is named.</exception>
    public static AlertConsumer Create(AlertConsumerOptions options, TimeProvider? timeProvider = null)
    {
        var mistakes = OptionsCheck.MistakesOf(options).ToList();
        return mistakes.Count == 0
            ? new AlertConsumer(options, timeProvider ?? TimeProvider.System)
            : throw new AlertReadException(AlertReadFailure.Invalid, string.Join(' ', mistakes));
    }

    /// <summary>
    /// Alerts as they arrive, until the limit, the end, or cancellation. With a group, an alert counts as read once the
    /// next one is asked for, so that the one in hand is not lost.
    /// </summary>
    /// <exception cref="AlertReadException">While enumerating.</exception>
    /// <exception cref="InvalidOperationException">It is being enumerated already.</exception>
    public async IAsyncEnumerable<Alert> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var left = _options.Limit ?? long.MaxValue;
        if (left <= 0)
        {
            yield break;
        }

        var decoder = new AlertDecoder(_options.Schemas, _options.Connection.Servers, _options.Wire);
        _recent.Forget();
        var messages = await Task.Run(() => Open(cancellationToken), cancellationToken).ConfigureAwait(false);
        var isAtAlert = false;
        try
        {
            while (left > 0 && await messages.NextAsync(cancellationToken).ConfigureAwait(false) is { } message)
            {
                if (Alert(decoder, message) is { } alert)
                {
                    left--;
                    isAtAlert = true;
                    yield return alert;
                    isAtAlert = false;
                }

                messages.Done(message);
            }
        }
        finally
        {
            _isReading = false;
            if (isAtAlert || cancellationToken.IsCancellationRequested || _options.Commit == CommitMode.Automatic)
            {
                Dispose();
            }
            else
            {
                messages.Stay();
            }
        }
    }

    /// <summary>
    /// Moves the group's place past every alert handed on so far, the one in hand included, and waits for the answer. What the
    /// group gave to other members is left to them.
    /// </summary>
    /// <remarks>
    /// While the group gives its partitions to its members anew, a commit waits for the end of that (it may come into it at
    /// any time, and also has to hear there that the group went on without this member): at most for
    /// max.poll.interval.ms, five minutes unless set otherwise, and no longer than it is wanted. It is made if the partition is
    /// this member's then. Reading goes on in a partition that was lost and given back where it was; what is handed on is not
    /// handed on again, unless another member moved the group's place past it.
    /// </remarks>
    /// <exception cref="AlertReadException">The cluster refuses, or the group did not come to rest (<see cref="AlertReadFailure.TimedOut"/>).</exception>
    /// <exception cref="InvalidOperationException">Nothing is being read, or without a group.</exception>
    /// <exception cref="OperationCanceledException">While the group's rest was waited for: nothing is committed.</exception>
    public Task CommitAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => Group.Commit(cancellationToken), cancellationToken);

    /// <summary>Moves the group's place past this alert, and waits for the answer.</summary>
    /// <inheritdoc cref="CommitAsync(CancellationToken)"/>
    public Task CommitAsync(Alert alert, CancellationToken cancellationToken = default) => CommitAsync(alert.Position, cancellationToken);

    /// <summary>
    /// Moves the group's place past the alert there, and waits for the answer. One in a partition that another member has
    /// meanwhile, or behind which another has moved the place already, is <see cref="AlertReadFailure.Moved"/>: others are
    /// given what was not committed, or have done with it.
    /// </summary>
    /// <inheritdoc cref="CommitAsync(CancellationToken)"/>
    public Task CommitAsync(AlertPosition position, CancellationToken cancellationToken = default)
    {
        var next = new TopicPartitionOffset(position.Topic, position.Partition, position.Offset + 1);
        return Task.Run(() => Group.Commit(next, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Whether this consumer still answers for the alert there: it was handed on, and the group is not known to have given its
    /// partition to another member since. What one has gathered of others, they read too.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing is being read.</exception>
    public bool Holds(AlertPosition position) => Reading.Holds(position);

    /// <summary>No alert is handed on from now on; the place in the group is kept.</summary>
    public void Pause() => _isPaused = true;

    public void Resume() => _isPaused = false;

    /// <summary>
    /// The next alert of every partition that this consumer has is the one there: a replay, or a jump. No alert from
    /// before is a duplicate then.
    /// </summary>
    /// <exception cref="AlertReadException">The cluster does not say where that is.</exception>
    /// <exception cref="InvalidOperationException">Nothing is being read.</exception>
    public Task SeekAsync(StartPosition position, CancellationToken cancellationToken = default)
    {
        var reading = Reading;
        _recent.Forget();
        return Task.Run(() => reading.Seek(position), cancellationToken);
    }

    /// <summary>Leaves the group that it stays in behind the end, or behind an error.</summary>
    public void Dispose()
    {
        _messages?.Dispose();
        _messages = null;
    }

    private MessageSource Reading => _messages ?? throw new InvalidOperationException("No alerts are being read.");

    private MessageSource Group => _options.Group is not null
        ? Reading
        : throw new InvalidOperationException("Only a group has a place to commit.");

    private MessageSource Open(CancellationToken cancellationToken)
    {
        if (_isReading)
        {
            throw new InvalidOperationException("The alerts are being read already.");
        }

        Dispose();
        _messages = MessageSource.Open(_options, () => _isPaused, _timeProvider, cancellationToken);
        _isReading = true;
        return _messages;
    }

    private Alert? Alert(AlertDecoder decoder, ConsumeResult<byte[]?, byte[]?> message)
    {
        try
        {
            var alert = decoder.Decode(message);
            _options.Require?.Invoke(alert);
            var isNew = _recent.Add(alert);
            Counts = isNew ? Counts with { Alerts = Counts.Alerts + 1 } : Counts with { Duplicates = Counts.Duplicates + 1 };
            return isNew ? alert : null;
        }
        catch (AlertReadException bad) when (_options.SkipBad is not null)
        {
            Counts = Counts with { Bad = Counts.Bad + 1 };
            _options.SkipBad(bad);
            return null;
        }
    }
}
