using System.Buffers;
using Fink.Avro.Encoding;
using Fink.Distribution.Routing;

namespace Fink.Distribution.Distributing;

/// <summary>A run of bytes in a block.</summary>
internal readonly record struct Run(int Start, int Length)
{
    public static Run None => default;
}

/// <summary>A message to be: where its parts lie in its block.</summary>
internal readonly record struct BlockMessage(
    AlertTopic Topic, int Rule, Run Value, Run AlertId, Run ObjectId, Run PartitionBy, Run Key);

/// <summary>
/// Encoded alerts and the messages that they become, on their way from the thread that reads to the one that sends. librdkafka
/// sends the alerts from here, without a copy: a block is filled again only when its last message is reported.
/// </summary>
/// <param name="number">Its place among the blocks of a run.</param>
internal sealed class AlertBlock(int number) : IDisposable
{
    /// <summary>Enough that handing over costs nothing, and few enough bytes to stay in a processor's cache.</summary>
    public const int FullBytes = 512 * 1024;

    private readonly ArrayBufferWriter<byte> _texts = new(4096);

    public int Number { get; } = number;

    public AvroBuffer Values { get; } = new();

    public List<BlockMessage> Messages { get; } = [];

    /// <summary>Topics that no block before this one had.</summary>
    public List<AlertTopic> NewTopics { get; } = [];

    public RoutePlan? Plan { get; set; }

    public SliceRun? Slice { get; set; }

    /// <summary>Whether the slice has no more alerts behind this block.</summary>
    public bool EndsSlice { get; set; }

    /// <summary>Whether all its messages were handed over. The sender's.</summary>
    public bool IsHandedOver { get; set; }

    /// <summary>Its messages that librdkafka holds. The sender's.</summary>
    public int Outstanding { get; set; }

    public bool IsFull => Values.Length >= FullBytes;

    public Run AddText(ReadOnlySpan<byte> text)
    {
        var start = _texts.WrittenCount;
        _texts.Write(text);
        return new Run(start, text.Length);
    }

    public ReadOnlySpan<byte> Text(Run run) => _texts.WrittenSpan.Slice(run.Start, run.Length);

    public ReadOnlySpan<byte> Value(Run run) => Values.Written.Slice(run.Start, run.Length);

    public void Clear()
    {
        Values.Clear();
        _texts.ResetWrittenCount();
        Messages.Clear();
        NewTopics.Clear();
        (Plan, Slice, EndsSlice, IsHandedOver) = (null, null, false, false);
    }

    public void Dispose() => Values.Dispose();
}
