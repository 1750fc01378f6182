using System.Buffers;
using System.IO.Pipelines;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>
/// Answers on their way to a client. Records are read into the connection's own buffers when the client has taken what comes before
/// them: however large an answer is, and however slow its client, it holds little more memory than <see cref="Piece"/>.
/// </summary>
/// <param name="pipe">To the client.</param>
/// <param name="patience">Of the connection.</param>
/// <param name="longestWait">For the client to take a piece: a consumer may be busy with what it has, and holds no more than one that waits.</param>
internal sealed class AnswerWriter(PipeWriter pipe, Patience patience, TimeSpan longestWait) : IFrameOutput
{
    /// <summary>Sent at once, in bytes.</summary>
    public const int Piece = 128 * 1024;

    /// <summary>What the fields behind the first records of an answer take, as a rule; more is let go of once it is sent.</summary>
    private const int UsualFields = 4 * 1024;

    /// <summary>In the order of the wire, with how many of the bytes in <see cref="_fields"/> come before each.</summary>
    private readonly List<(RecordBytes Records, int FieldsBefore)> _records = [];

    /// <summary>The fields of an answer from its first records on; those before are in the pipe.</summary>
    private ArrayBufferWriter<byte> _fields = new();

    private IBufferWriter<byte> Fields => _records.Count == 0 ? pipe : _fields;

    public void Advance(int count) => Fields.Advance(count);

    public Memory<byte> GetMemory(int sizeHint = 0) => Fields.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Fields.GetSpan(sizeHint);

    public void Append(RecordBytes records) => _records.Add((records, _fields.WrittenCount));

    /// <summary>Sends what was written, and lets go of it.</summary>
    /// <returns>False when nobody is there any more to take it.</returns>
    /// <exception cref="IOException">Records cannot be read: the answer is cut off, and the connection of no use.</exception>
    public async ValueTask<bool> SendAsync()
    {
        var sent = 0;
        foreach (var (records, fieldsBefore) in _records)
        {
            pipe.Write(_fields.WrittenSpan[sent..fieldsBefore]);
            sent = fieldsBefore;
            for (var done = 0; done < records.Length;)
            {
                if (pipe.UnflushedBytes >= Piece && !await FlushAsync()) return false;

                done += CopyPart(records, done);
            }
        }

        pipe.Write(_fields.WrittenSpan[sent..]);
        _records.Clear();
        if (_fields.Capacity > UsualFields) _fields = new();
        _fields.ResetWrittenCount();
        return await FlushAsync();
    }

    private int CopyPart(RecordBytes records, int from)
    {
        var part = pipe.GetSpan(1);
        part = part[..Math.Min(part.Length, records.Length - from)];
        records.CopyTo(from, part);
        pipe.Advance(part.Length);
        return part.Length;
    }

    private async ValueTask<bool> FlushAsync()
    {
        patience.WaitFor(longestWait);
        return !(await pipe.FlushAsync(CancellationToken.None)).IsCompleted;
    }
}
