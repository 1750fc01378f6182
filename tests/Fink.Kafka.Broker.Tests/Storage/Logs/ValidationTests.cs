using System.Buffers;
using System.Buffers.Binary;
using Fink.Kafka.Broker.Compression;
using Fink.Kafka.Broker.Storage.Logs;
using Fink.Kafka.Broker.Storage.Logs.Appending;
using Fink.Kafka.Protocol;
using Fink.Kafka.Protocol.Records;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Broker.Tests.Storage.Logs;

public class ValidationTests
{
    public static TheoryData<int> Codecs => [.. Enum.GetValues<CompressionType>().Select(codec => (int)codec)];

    [Fact]
    public async Task No_single_byte_of_a_batch_can_change_unnoticed()
    {
        using var harness = new LogHarness();
        var good = harness.Batch(count: 2);
        for (var at = 0; at < good.Length; at++)
        {
            // The leader epoch is the broker's to set, whatever a client writes there.
            if (at is >= 12 and < 16) continue;

            var bad = good.ToArray();
            bad[at] ^= 0x41;
            Assert.Contains((await harness.Append(bad)).Error, (ErrorCode[])[ErrorCode.CorruptMessage, ErrorCode.InvalidRecord, ErrorCode.RecordListTooLarge]);
        }

        for (var length = 0; length < good.Length; length++)
        {
            Assert.NotEqual(ErrorCode.None, (await harness.Append(good[..length])).Error);
        }

        Assert.Equal(0, harness.Log.EndOffset);
        Assert.Equal(ErrorCode.None, (await harness.Append(good)).Error);
    }

    [Fact]
    public async Task Two_batches_at_once_are_refused()
    {
        using var harness = new LogHarness();

        Assert.Equal(ErrorCode.InvalidRecord, (await harness.Append([.. harness.Batch(), .. harness.Batch()])).Error);
    }

    [Fact]
    public async Task A_batch_longer_than_allowed_is_too_large()
    {
        using var harness = new LogHarness(LogConfig.Default with { MaxMessageBytes = 1000 });

        Assert.Equal(ErrorCode.MessageTooLarge, (await harness.Append(harness.Batch(valueLength: 1000))).Error);
        Assert.Equal(ErrorCode.None, (await harness.Append(harness.Batch(valueLength: 900))).Error);
    }

    [Theory]
    [InlineData(23, 5)]
    [InlineData(57, 0)]
    [InlineData(57, -1)]
    [InlineData(57, 3)]
    [InlineData(57, 1)]
    public async Task A_batch_whose_counts_differ_from_its_records_is_refused(int field, int value)
    {
        using var harness = new LogHarness();
        var batch = harness.Batch(count: 2);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(field), value);
        if (field == 57 && value > 0) BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(23), value - 1);
        RecordBatchHeader.SetCrc(batch, batch.AsSpan(RecordBatch.HeaderLength));

        Assert.Equal(ErrorCode.InvalidRecord, (await harness.Append(batch)).Error);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task Times_and_keys_are_looked_for_inside_of_compressed_batches(int codec)
    {
        using var harness = new LogHarness(LogConfig.Default with { IsCompacted = true });
        var builder = new RecordBatchBuilder(1000) { Attributes = new BatchAttributes().WithCompression(codec) };
        builder.Add(1000, [1], [1]).Add(3000, [2], null).Add(2000, [3], []);
        await harness.Append(Packed(builder, codec));

        var found = await harness.FindTime(1500);
        Assert.Equal((1, 3000), (found.Offset, found.Timestamp));
        Assert.Equal((1, 3000), await harness.FindGreatestTime());

        builder.Add(1000, null, [1]);
        var refused = await harness.Append(Packed(builder, codec));
        Assert.Equal(ErrorCode.InvalidRecord, refused.Error);
        Assert.Equal(3, Assert.Single(refused.RecordErrors).Index);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_in_the_topic_s_own_codec_is_refused()
    {
        using var harness = new LogHarness(LogConfig.Default with { Compression = CompressionType.None, MaxMessageBytes = 5000 });
        var gzip = (int)CompressionType.Gzip;
        var builder = new RecordBatchBuilder(1000) { Attributes = new BatchAttributes().WithCompression(gzip) };
        for (var i = 0; i < 100; i++) builder.Add(1000 + i, [1], new byte[100]);
        var sent = Packed(builder, gzip);
        Assert.InRange(sent.Length, 1, 5000);

        Assert.Equal(ErrorCode.MessageTooLarge, (await harness.Append(sent)).Error);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public async Task A_topic_with_a_codec_of_its_own_keeps_batches_in_it(int codec)
    {
        using var harness = new LogHarness(LogConfig.Default with { Compression = CompressionType.Gzip });
        var builder = new RecordBatchBuilder(1000) { Attributes = new BatchAttributes().WithCompression(codec) };
        for (var i = 0; i < 100; i++) builder.Add(1000 + i, [1], new byte[100]);
        var sent = Packed(builder, codec);

        Assert.Equal(ErrorCode.None, (await harness.Append(sent)).Error);

        Assert.Equal([0], harness.ReadAll());
        using var slice = harness.Log.Read(0, 100_000, true, IsolationLevel.ReadUncommitted);
        Assert.True(RecordBatch.TryRead(slice.ToArray(), out var batch));
        Assert.Equal(((int)CompressionType.Gzip, 1099), (batch.Attributes.Compression, batch.MaxTimestamp));
        using var unpacked = new BoundedBuffer(100_000);
        Codec.Decompress(CompressionType.Gzip, batch.Records.ToArray(), unpacked);
        Assert.True(unpacked.Written.Span.SequenceEqual(builder.Records));
    }

    [Fact]
    public async Task Small_batches_that_become_large_are_unpacked_one_at_a_time_and_others_do_not_wait_for_them()
    {
        using var harness = new LogHarness();
        var builder = new RecordBatchBuilder(1000) { Attributes = new BatchAttributes().WithCompression((int)CompressionType.Zstd) };
        var large = Packed(builder.Add(1000, [1], new byte[BatchValidator.MaxUnpackedBesideOthers]), (int)CompressionType.Zstd);
        await harness.Settings.LargeUnpacking.WaitAsync(TestContext.Current.CancellationToken);

        var appending = harness.Append(large);
        await harness.Fill(3);
        Assert.False(appending.IsCompleted);

        harness.Settings.LargeUnpacking.Release();
        Assert.Equal((ErrorCode.None, 3), ((await appending).Error, (await appending).BaseOffset));
        Assert.Equal(1, harness.Settings.LargeUnpacking.CurrentCount);
    }

    [Fact]
    public async Task However_many_look_for_a_time_in_batches_that_become_large_one_is_unpacked_at_a_time()
    {
        using var harness = new LogHarness();
        var builder = new RecordBatchBuilder(1000) { Attributes = new BatchAttributes().WithCompression((int)CompressionType.Zstd) };
        await harness.Append(Packed(builder.Add(1000, [1], new byte[BatchValidator.MaxUnpackedBesideOthers]), (int)CompressionType.Zstd));
        await harness.Append(harness.Batch(timestamp: 5000));
        await harness.Settings.LargeUnpacking.WaitAsync(TestContext.Current.CancellationToken);

        var asking = Enumerable.Range(0, 20).Select(_ => harness.FindTime(500).AsTask()).ToArray();
        Assert.DoesNotContain(asking, one => one.IsCompleted);
        Assert.Equal(1, (await harness.FindTime(5000)).Offset);

        harness.Settings.LargeUnpacking.Release();
        Assert.All(await Task.WhenAll(asking), found => Assert.Equal((0, 1000), (found.Offset, found.Timestamp)));
        Assert.Equal(1, harness.Settings.LargeUnpacking.CurrentCount);
    }

    [Fact]
    public async Task Bytes_that_are_not_compressed_as_they_say_are_refused()
    {
        using var harness = new LogHarness();
        var builder = new RecordBatchBuilder { Attributes = new BatchAttributes().WithCompression(4) };

        Assert.Equal(ErrorCode.InvalidRecord, (await harness.Append(builder.Add(0, [1], [1]).Build([1, 2, 3, 4, 5, 6]))).Error);
        builder.Attributes = new BatchAttributes().WithCompression(7);
        Assert.Equal(ErrorCode.InvalidRecord, (await harness.Append(builder.Build())).Error);
    }

    [Fact]
    public async Task The_time_of_the_append_is_set_where_the_topic_wants_it_and_the_checksum_with_it()
    {
        using var harness = new LogHarness(LogConfig.Default with { UsesLogAppendTime = true });

        var result = await harness.Append(harness.Batch(count: 3, timestamp: 5));

        Assert.Equal(harness.NowMs, result.LogAppendTimeMs);
        Assert.Equal([0], harness.ReadAll());
        using var slice = harness.Log.Read(0, 100_000, true, IsolationLevel.ReadUncommitted);
        Assert.True(RecordBatch.TryRead(slice.ToArray(), out var batch));
        Assert.Equal((true, harness.NowMs, 5), (batch.Attributes.HasLogAppendTime, batch.MaxTimestamp, batch.BaseTimestamp));
        Assert.Equal(0, (await harness.FindTime(harness.NowMs)).Offset);
    }

    [Fact]
    public async Task A_greatest_time_that_a_client_made_up_is_put_right()
    {
        using var harness = new LogHarness();
        var batch = harness.Batch(timestamp: 500);
        RecordBatchHeader.SetMaxTimestamp(batch, 999_999);
        RecordBatchHeader.SetCrc(batch, batch.AsSpan(RecordBatch.HeaderLength));

        await harness.Append(batch);

        Assert.Equal(TimestampedOffset.None, await harness.FindTime(600));
        Assert.Equal([0], harness.ReadAll());
    }

    [Theory]
    [InlineData(-1000, ErrorCode.None)]
    [InlineData(-1001, ErrorCode.InvalidTimestamp)]
    [InlineData(2000, ErrorCode.None)]
    [InlineData(2001, ErrorCode.InvalidTimestamp)]
    public async Task A_time_too_far_from_now_is_refused(long fromNow, ErrorCode expected)
    {
        using var harness = new LogHarness(LogConfig.Default with { TimestampBeforeMaxMs = 1000, TimestampAfterMaxMs = 2000 });

        var result = await harness.Append(harness.Batch(count: 2, timestamp: harness.NowMs + fromNow));

        Assert.Equal(expected, result.Error);
        Assert.Equal(expected == ErrorCode.None ? 0 : 2, result.RecordErrors.Count);
    }

    private static byte[] Packed(RecordBatchBuilder builder, int codec)
    {
        var packed = new ArrayBufferWriter<byte>();
        Codec.Compress((CompressionType)codec, builder.Records, packed);
        return builder.Build(packed.WrittenSpan);
    }
}
