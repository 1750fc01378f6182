using System.Buffers;
using System.IO.Pipelines;
using Fink.Kafka.Broker.Listeners;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Broker.Tests.Listeners;

public sealed class AnswerWriterTests
{
    private const short Version = 12;

    /// <summary>A client that is told nothing before it reads: flushing waits until it has taken what is there.</summary>
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(AnswerWriter.Piece)]
    [InlineData((3 * AnswerWriter.Piece) + 17)]
    public async Task An_answer_whose_records_are_read_later_has_the_bytes_of_one_that_is_in_memory(int length)
    {
        var answer = Answer(new Counted(length), RecordBytes.None, new Counted(5), null, new Counted(length));
        var inMemory = new ArrayBufferWriter<byte>();
        Frame.WriteResponse<FetchRequest, FetchResponse>(inMemory, Version, 7, answer);
        var writer = Writer();

        // Twice: what is left of one answer must not come with the next.
        foreach (var _ in (int[])[1, 2])
        {
            Frame.WriteResponse<FetchRequest, FetchResponse>(writer, Version, 7, answer);
            var sending = writer.SendAsync().AsTask();

            Assert.True((await ReadAsync(inMemory.WrittenCount)).AsSpan().SequenceEqual(inMemory.WrittenSpan));
            Assert.True(await sending);
        }
    }

    [Fact]
    public async Task Records_are_read_no_further_than_a_piece_beyond_what_the_client_has_taken()
    {
        var records = new Counted(20 * AnswerWriter.Piece);
        var writer = Writer();
        var answer = Answer(records);
        Frame.WriteResponse<FetchRequest, FetchResponse>(writer, Version, 7, answer);

        var sending = writer.SendAsync().AsTask();

        const int Header = 5;
        var size = Frame.LengthSize + Header + Frame.SizeOfBody(answer, Version, FetchRequest.Versions);
        for (var taken = 0L; taken < size;)
        {
            // The writer waits from its flush until the reader has advanced.
            var there = (await _pipe.Reader.ReadAsync(Cancel)).Buffer;
            taken += there.Length;
            Assert.InRange(records.Read, 1, taken + AnswerWriter.Piece);
            _pipe.Reader.AdvanceTo(there.End);
        }

        Assert.True(await sending);
    }

    [Fact]
    public async Task When_the_client_goes_the_rest_is_not_read()
    {
        var records = new Counted(20 * AnswerWriter.Piece);
        var writer = Writer();
        Frame.WriteResponse<FetchRequest, FetchResponse>(writer, Version, 7, Answer(records));
        var sending = writer.SendAsync().AsTask();

        await _pipe.Reader.CompleteAsync();

        Assert.False(await sending);
        Assert.InRange(records.Read, 1, 2 * AnswerWriter.Piece);
    }

    [Fact]
    public async Task Records_that_cannot_be_read_end_the_answer()
    {
        var writer = Writer();
        Frame.WriteResponse<FetchRequest, FetchResponse>(writer, Version, 7, Answer(new Unreadable()));

        await Assert.ThrowsAsync<IOException>(() => writer.SendAsync().AsTask());
    }

    private AnswerWriter Writer() => new(_pipe.Writer, new Patience(TimeProvider.System), TimeSpan.FromMinutes(10));

    private static FetchResponse Answer(params RecordBytes?[] records) => new()
    {
        Responses =
        [
            new FetchResponse.Topic { Name = "t", Partitions = [.. records.Select((bytes, index) => new FetchResponse.Partition { PartitionIndex = index, Records = bytes })] },
        ],
    };

    private async Task<byte[]> ReadAsync(int length)
    {
        var bytes = new ArrayBufferWriter<byte>();
        while (bytes.WrittenCount < length)
        {
            var read = await _pipe.Reader.ReadAsync(Cancel);
            foreach (var part in read.Buffer) bytes.Write(part.Span);
            _pipe.Reader.AdvanceTo(read.Buffer.End);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Each byte says where it is, and how far it was read is known.</summary>
    private sealed class Counted(int length) : RecordBytes
    {
        public override int Length => length;

        public long Read { get; private set; }

        public override void CopyTo(int position, Span<byte> destination)
        {
            for (var i = 0; i < destination.Length; i++) destination[i] = (byte)((position + i) % 251);
            Read = position + destination.Length;
        }
    }

    private sealed class Unreadable : RecordBytes
    {
        public override int Length => 1;

        public override void CopyTo(int position, Span<byte> destination) => throw new IOException("the disk is gone");
    }
}
