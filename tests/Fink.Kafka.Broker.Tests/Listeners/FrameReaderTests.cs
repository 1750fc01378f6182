using System.Buffers.Binary;
using System.IO.Pipelines;
using Fink.Kafka.Broker.Listeners;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Tests.Listeners;

public sealed class FrameReaderTests : IDisposable
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly MemoryBudget _budget = new(100_000);
    private readonly FrameReader _reader;

    public FrameReaderTests()
    {
        _reader = new FrameReader(_pipe.Reader, _budget, new Patience(TimeProvider.System));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(5_000_000)]
    public async Task A_frame_arrives_as_it_was_sent_in_pieces_of_any_size(int length)
    {
        var sent = new byte[length];
        Random.Shared.NextBytes(sent);
        byte[] bytes = [.. Length(length), .. sent, .. Length(3), 1, 2, 3];

        var reading = ReadAsync();
        for (var at = 0; at < bytes.Length;)
        {
            var piece = Math.Min(bytes.Length - at, 1 + Random.Shared.Next(Math.Max(length / 7, 3)));
            await _pipe.Writer.WriteAsync(bytes.AsMemory(at, piece), Cancelled);
            at += piece;
        }

        Assert.Equal(sent, await reading);
        Assert.Equal([1, 2, 3], await ReadAsync());
    }

    [Fact]
    public async Task A_length_alone_holds_little_memory()
    {
        var reading = ReadAsync(limit: int.MaxValue);
        await _pipe.Writer.WriteAsync((byte[])[.. Length(100_000_000), 1, 2, 3], Cancelled);

        await Eventually.HoldsAsync(() => _reader.Held > 0, Cancelled);
        Assert.InRange(_reader.Held, 3, 128 * 1024);
        await _pipe.Writer.CompleteAsync();
        Assert.Null(await reading);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(1001)]
    [InlineData(int.MaxValue)]
    public async Task A_length_that_is_negative_or_over_the_limit_is_no_frame(int length)
    {
        await _pipe.Writer.WriteAsync(Length(length), Cancelled);

        await Assert.ThrowsAsync<MalformedMessageException>(() => ReadAsync(limit: 1000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(13)]
    public async Task The_end_comes_between_frames_or_inside_one(int bytes)
    {
        await _pipe.Writer.WriteAsync(((byte[])[.. Length(10), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).AsMemory(0, bytes), Cancelled);
        await _pipe.Writer.CompleteAsync();

        Assert.Null(await ReadAsync());
    }

    private static byte[] Length(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes;
    }

    private async Task<byte[]?> ReadAsync(int limit = 10_000_000)
    {
        var frame = await _reader.ReadAsync(limit, Cancelled);
        var copy = frame?.ToArray();
        _reader.Release();
        return copy;
    }
}
