using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Fink.Distribution.Distributing;

/// <summary>
/// What the parts of a pipeline pass each other, and the blocks that go round. Those that librdkafka still sends from are in no
/// queue; they are freed with the rest, so the producer ends before this does.
/// </summary>
internal sealed class PipelineQueues : IDisposable
{
    /// <summary>Some to fill while others are handed over.</summary>
    private const int Moving = 8;

    private readonly AlertBlock?[] _blocks;
    private int _made;

    /// <param name="queueBytes">What may be unacknowledged.</param>
    public PipelineQueues(long queueBytes)
    {
        _blocks = new AlertBlock?[Moving + (int)(queueBytes / AlertBlock.FullBytes)];
        Full = new BlockingCollection<AlertBlock>(Moving);
    }

    public BlockingCollection<AlertBlock> Full { get; }

    public BlockingCollection<AlertBlock> Empty { get; } = [];

    public Channel<SliceRun> Ended { get; } = Channel.CreateUnbounded<SliceRun>();

    public AlertBlock this[int number] => _blocks[number]!;

    /// <summary>A block to fill: one that came back, a new one while there are few, or one that is waited for.</summary>
    public AlertBlock Rent(SliceRun slice, CancellationToken abort)
    {
        if (!Empty.TryTake(out var block))
        {
            block = _made < _blocks.Length ? Make() : Empty.Take(abort);
        }

        block.Clear();
        block.Slice = slice;
        return block;
    }

    public void Dispose()
    {
        foreach (var block in _blocks)
        {
            block?.Dispose();
        }

        Full.Dispose();
        Empty.Dispose();
    }

    private AlertBlock Make()
    {
        var block = new AlertBlock(_made);
        return _blocks[_made++] = block;
    }
}
