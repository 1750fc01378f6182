using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Recovery;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// What can be said of a log that is not loaded, where its files are exactly as its state file says, so that loading it would change
/// nothing. Looked at once; what it keeps is small, for a broker has many of them. Used under the lock of its <see cref="PartitionLog"/>.
/// </summary>
internal sealed class UnloadedLog(IDisk disk, string folder)
{
    private bool _wasLookedAt;
    private Known? _known;

    /// <summary>Null where only loading can tell.</summary>
    /// <exception cref="IOException">As from loading.</exception>
    public int? LeaderEpoch => Look()?.LeaderEpoch;

    /// <summary>Whether retention has to load the log: something may go, or nobody knows.</summary>
    /// <exception cref="IOException">As from loading.</exception>
    public bool MayBeDue(LogConfig config, long nowMs) =>
        Look() is not { } known || (!known.IsEmpty && Retention.FirstMayGo(config, known.IsBeforeStart, known.SizeAfterFirst, known.FirstNewestMs, nowMs));

    private Known? Look()
    {
        if (_wasLookedAt) return _known;

        var files = new LogFiles(disk, folder);
        var bases = files.BaseOffsets();
        var state = new LogStateFile(disk, folder).Read();
        _known = state is null ? (bases.Count == 0 ? Known.NeverUsed : null) : files.AreAs(state, bases) ? Known.Of(state) : null;
        _wasLookedAt = true;
        return _known;
    }

    private readonly record struct Known(int LeaderEpoch, bool IsEmpty, bool IsBeforeStart, long SizeAfterFirst, long FirstNewestMs)
    {
        public static Known NeverUsed { get; } = new(0, IsEmpty: true, IsBeforeStart: false, 0, -1);

        public static Known Of(LogState state)
        {
            var first = state.Segments[0];
            return new(
                state.Epochs[^1].Epoch,
                first.Length == 0,
                state.Segments.Length > 1 && state.Segments[1].BaseOffset <= state.LogStartOffset,
                state.Segments.Sum(segment => segment.Length) - first.Length,
                first.NewestMs);
        }
    }
}
