using System.Collections.Immutable;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>From which offset on each leader epoch wrote. There is always a latest one.</summary>
internal sealed class EpochHistory
{
    private readonly List<EpochStart> _starts;

    public EpochHistory(IEnumerable<EpochStart> starts)
    {
        _starts = [.. starts];
        if (_starts.Count == 0) _starts.Add(new(0, 0));
    }

    public int Latest => _starts[^1].Epoch;

    public ImmutableArray<EpochStart> Starts => [.. _starts];

    /// <summary>Epochs of what is no longer there are forgotten; the new one is greater than all of them.</summary>
    public void Begin(long offset)
    {
        var epoch = Latest + 1;
        _starts.RemoveAll(start => start.Offset >= offset);
        _starts.Add(new(epoch, offset));
    }

    /// <summary>Notes the epoch that a batch on the disk says it was written in.</summary>
    public void Note(int epoch, long offset)
    {
        if (epoch > Latest) _starts.Add(new(epoch, offset));
    }

    public EpochEnd EndOf(int epoch, long endOffset)
    {
        if (epoch < 0 || epoch > Latest) return new(-1, -1);
        if (epoch == Latest) return new(epoch, endOffset);

        var next = _starts.FindIndex(start => start.Epoch > epoch);
        return next == 0 ? new(epoch, _starts[0].Offset) : new(_starts[next - 1].Epoch, _starts[next].Offset);
    }

    public int EpochOf(long offset) => _starts.FindLast(start => start.Offset <= offset).Epoch;
}

internal readonly record struct EpochStart(int Epoch, long Offset);
