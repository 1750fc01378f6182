using System.Buffers.Binary;
using Fink.Kafka.Protocol.Records;

namespace Fink.Kafka.Protocol.Tests.Records;

public class RecordBatchTests
{
    [Fact]
    public void The_fields_of_a_batch_are_read_where_the_format_has_them()
    {
        // By hand after the format's description: one record, key "k", value "v", one header, at 1000 + 5 ms.
        byte[] records = [0x1C, 0, 0x0A, 0, 0x02, (byte)'k', 0x02, (byte)'v', 0x02, 0x02, (byte)'h', 0x04, 1, 2];
        records[0] = (byte)((records.Length - 1) * 2);
        var header = new byte[61];
        BinaryPrimitives.WriteInt64BigEndian(header, 42);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), 49 + records.Length);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(12), 3);
        header[16] = 2;
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(21), 0x10);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(27), 1000);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(35), 1005);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(43), 77);
        BinaryPrimitives.WriteInt16BigEndian(header.AsSpan(51), 4);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(53), int.MaxValue);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(57), 1);
        byte[] bytes = [.. header, .. records];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(17), Crc32C.Of(bytes.AsSpan(21)));

        Assert.True(RecordBatch.TryRead(bytes, out var batch));
        Assert.Equal((42, 42, 43, 3), (batch.BaseOffset, batch.LastOffset, batch.NextOffset, batch.PartitionLeaderEpoch));
        Assert.Equal((1000, 1005, 1), (batch.BaseTimestamp, batch.MaxTimestamp, batch.RecordCount));
        Assert.Equal((77L, (short)4, int.MaxValue, int.MaxValue), (batch.ProducerId, batch.ProducerEpoch, batch.BaseSequence, batch.LastSequence));
        Assert.True(batch.Attributes is { IsTransactional: true, IsControl: false, HasLogAppendTime: false, IsCompressed: false });
        Assert.True(batch.HasSoundCrc);

        var reader = new RecordReader(batch.Records, batch.RecordCount);
        Assert.True(reader.TryRead(out var record));
        Assert.Equal((5, 0), (record.TimestampDelta, record.OffsetDelta));
        Assert.Equal("k"u8, record.Key);
        Assert.Equal("v"u8, record.Value);
        Assert.True(reader.IsExhausted);
    }

    [Fact]
    public void What_was_built_is_read_again_and_null_is_not_empty()
    {
        var builder = new RecordBatchBuilder(1000) { BaseOffset = 9 };
        var bytes = builder.Add(1000, null, []).Add(900, [], null).Add(5000, new byte[300], new byte[70_000]).Build();

        Assert.True(RecordBatch.TryRead(bytes, out var batch));
        Assert.True(batch.HasSoundCrc);
        Assert.Equal((9, 11, 5000, -1), (batch.BaseOffset, batch.LastOffset, batch.MaxTimestamp, batch.ProducerId));
        var reader = new RecordReader(batch.Records, batch.RecordCount);
        Assert.True(reader.TryRead(out var first));
        Assert.Equal((false, true, 0), (first.HasKey, first.HasValue, first.Value.Length));
        Assert.True(reader.TryRead(out var second));
        Assert.Equal((true, false, -100, 1), (second.HasKey, second.HasValue, second.TimestampDelta, second.OffsetDelta));
        Assert.True(reader.TryRead(out var third));
        Assert.Equal((300, 70_000), (third.Key.Length, third.Value.Length));
        Assert.False(reader.TryRead(out _));
        Assert.True(reader.IsExhausted);
    }

    [Fact]
    public void A_batch_cut_anywhere_is_not_one()
    {
        var bytes = new RecordBatchBuilder().Add(1, [1], [2]).Build();
        for (var length = 0; length < bytes.Length; length++) Assert.False(RecordBatch.TryRead(bytes.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(48)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_length_that_cannot_be_is_no_batch(int length)
    {
        var bytes = new RecordBatchBuilder().Add(1, [1], [2]).Build();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), length);

        Assert.False(RecordBatch.TryRead(bytes, out _));
    }

    [Fact]
    public void Records_with_any_byte_changed_are_read_within_their_bounds()
    {
        var bytes = new RecordBatchBuilder().Add(1, [1, 2], [3]).Add(2, null, new byte[200]).Build().AsSpan(61).ToArray();
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = bytes.ToArray();
                changed[at] = (byte)value;
                var reader = new RecordReader(changed, 2);
                var read = 0;
                while (reader.TryRead(out var record))
                {
                    read++;
                    Assert.True(record.Key.Length + record.Value.Length <= changed.Length);
                }

                Assert.InRange(read, 0, 2);
            }
        }
    }

    [Fact]
    public void Two_pieces_have_the_checksum_of_the_whole()
    {
        var bytes = new byte[100];
        new Random(1).NextBytes(bytes);
        for (var at = 0; at <= 100; at++) Assert.Equal(Crc32C.Of(bytes), Crc32C.Of(bytes.AsSpan(0, at), bytes.AsSpan(at)));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
    }
}
