using System.Collections.Immutable;
using Fink.Kafka.Broker.Storage.Journals;
using Fink.Kafka.Broker.Storage.Logs.Producers;
using Fink.Kafka.Broker.Storage.Logs.Segments;

namespace Fink.Kafka.Broker.Storage.Logs.Recovery;

/// <summary>The fields of a <see cref="LogState"/>, in the order in which they are written.</summary>
internal static class LogStateFormat
{
    public static void Write(PayloadWriter writer, LogState state)
    {
        writer.Int64(state.LogStartOffset);
        writer.Int64(state.EndOffset);
        WriteAll(writer, state.Segments, WriteSegment);
        WriteAll(writer, state.Epochs, WriteEpoch);
        WriteAll(writer, state.Producers, WriteProducer);
        WriteAll(writer, state.Aborted, WriteAborted);
    }

    /// <exception cref="InvalidDataException">The payload is not what <see cref="Write"/> writes.</exception>
    public static LogState Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var state = new LogState
        {
            LogStartOffset = reader.Int64(),
            EndOffset = reader.Int64(),
            Segments = ReadAll(ref reader, ReadSegment),
            Epochs = ReadAll(ref reader, ReadEpoch),
            Producers = ReadAll(ref reader, ReadProducer),
            Aborted = ReadAll(ref reader, ReadAborted),
        };
        return reader.IsAtEnd && state.Segments.Length > 0 && state.Epochs.Length > 0
            ? state
            : throw new InvalidDataException("its fields do not fit together");
    }

    private static void WriteSegment(PayloadWriter writer, SegmentSummary segment)
    {
        writer.Int64(segment.BaseOffset);
        writer.Int64(segment.Length);
        writer.Int64(segment.MaxTimestamp);
        writer.Int64(segment.MaxTimestampOffset);
        writer.Int64(segment.CreatedMs);
        writer.Int64(segment.LastAppendMs);
    }

    private static SegmentSummary ReadSegment(ref PayloadReader reader) => new(
        reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64(), reader.Int64());

    private static void WriteEpoch(PayloadWriter writer, EpochStart start)
    {
        writer.Int32(start.Epoch);
        writer.Int64(start.Offset);
    }

    private static EpochStart ReadEpoch(ref PayloadReader reader) => new(reader.Int32(), reader.Int64());

    private static void WriteProducer(PayloadWriter writer, ProducerSnapshot producer)
    {
        writer.Int64(producer.ProducerId);
        writer.Int32(producer.Epoch);
        writer.Int32(producer.LastSequence);
        writer.Int64(producer.LastTimestamp);
        writer.Int64(producer.LastSeenMs);
        writer.Int32(producer.CoordinatorEpoch);
        writer.Int64(producer.TransactionStart);
        WriteAll(writer, producer.Recent, WriteBatch);
    }

    private static ProducerSnapshot ReadProducer(ref PayloadReader reader) => new(
        reader.Int64(),
        (short)reader.Int32(),
        reader.Int32(),
        reader.Int64(),
        reader.Int64(),
        reader.Int32(),
        reader.Int64(),
        ReadAll(ref reader, ReadBatch));

    private static void WriteBatch(PayloadWriter writer, SequencedBatch batch)
    {
        writer.Int32(batch.FirstSequence);
        writer.Int32(batch.LastSequence);
        writer.Int64(batch.BaseOffset);
    }

    private static SequencedBatch ReadBatch(ref PayloadReader reader) => new(reader.Int32(), reader.Int32(), reader.Int64());

    private static void WriteAborted(PayloadWriter writer, AbortedRange range)
    {
        writer.Int64(range.ProducerId);
        writer.Int64(range.FirstOffset);
        writer.Int64(range.LastOffset);
    }

    private static AbortedRange ReadAborted(ref PayloadReader reader) => new(reader.Int64(), reader.Int64(), reader.Int64());

    private static void WriteAll<T>(PayloadWriter writer, ImmutableArray<T> items, Action<PayloadWriter, T> write)
    {
        writer.Int32(items.Length);
        foreach (var item in items) write(writer, item);
    }

    private static ImmutableArray<T> ReadAll<T>(ref PayloadReader reader, ItemReader<T> read)
    {
        // Items are added as they are read: a made-up count runs into the end of the payload, not into memory.
        var items = ImmutableArray.CreateBuilder<T>();
        for (var left = reader.Int32(); left > 0; left--) items.Add(read(ref reader));

        return items.ToImmutable();
    }

    private delegate T ItemReader<T>(ref PayloadReader reader);
}
