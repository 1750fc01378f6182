using System.Buffers;
using System.Text;
using Fink.Kafka.Broker.Compression;
using Fink.TestSupport;
using FsCheck.Xunit;

namespace Fink.Kafka.Broker.Tests.Compression;

public sealed class CodecTests
{
    private const int BatchHeader = 61;
    private const int Limit = 1024 * 1024;

    public static TheoryData<string> Codecs => new("gzip", "snappy", "lz4", "zstd");

    private static string GoldenFolder => Path.Combine(Checkout.Root, "tests", "golden-batches");

    [Fact]
    public async Task Kafka_s_own_client_writes_the_golden_file()
    {
        var written = await JavaProgram.RunAsync(
            Path.Combine(GoldenFolder, "GoldenBatches.java"), [], TestContext.Current.CancellationToken);
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(GoldenFolder, "batches.txt"), TestContext.Current.CancellationToken), written);
    }

    /// <summary>An uncompressed batch's records are what each of the compressed ones must hold.</summary>
    [Theory]
    [MemberData(nameof(Codecs))]
    public void What_Kafkas_own_client_packed_is_unpacked(string codec) =>
        Assert.Equal(Golden("none", 3), Unpack(codec, Golden(codec, 3)));

    [Theory]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public void What_Kafkas_own_client_packed_in_several_blocks_is_unpacked(string codec)
    {
        var text = Encoding.UTF8.GetString(Unpack(codec, Golden(codec, 900)));
        for (var i = 0; i < 900; i++) Assert.Contains($"alert {i} of the night", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Snappy_without_a_frame_is_unpacked()
    {
        // "aaaaaaaaaaaaaaaaaaaa" by the format's description: length 20, literal "a", copy of 19 from 1 back.
        byte[] bare = [20, 0x00, (byte)'a', 0x4A, 1, 0];
        Assert.Equal(new string('a', 20), Encoding.ASCII.GetString(Unpack("snappy", bare)));
    }

    [Fact]
    public void Snappy_frames_one_after_the_other_are_unpacked()
    {
        var frame = Pack("snappy", "twice "u8.ToArray());
        Assert.Equal("twice twice ", Encoding.ASCII.GetString(Unpack("snappy", [.. frame, .. frame])));
    }

    [Property(MaxTest = 200)]
    public bool What_is_packed_is_unpacked(byte[] records) =>
        Codecs.All(codec => Unpack(codec.Data, Pack(codec.Data, records)).AsSpan().SequenceEqual(records));

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Much_is_packed_and_unpacked(string codec)
    {
        var records = new byte[700_000];
        for (var i = 0; i < records.Length; i++) records[i] = (byte)(i * i / 7);
        Assert.Equal(records, Unpack(codec, Pack(codec, records)));
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void A_bomb_stops_at_the_limit(string codec)
    {
        var bomb = Pack(codec, new byte[64 * Limit]);
        Assert.True(bomb.Length < 4 * Limit);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<CompressionException>(() => Unpack(codec, bomb));
        Assert.Contains("unpack to more than 1048576 bytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * Limit);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void What_fits_exactly_is_unpacked_and_one_byte_more_is_not(string codec)
    {
        Assert.Equal(Limit, Unpack(codec, Pack(codec, new byte[Limit])).Length);
        Assert.Throws<CompressionException>(() => Unpack(codec, Pack(codec, new byte[Limit + 1])));
    }

    /// <summary>A bare snappy block that says that it holds a gigabyte.</summary>
    [Fact]
    public void A_length_that_cannot_be_true_is_not_allocated()
    {
        byte[] lie = [0xF0, 0xFF, 0x3F, 0x00, (byte)'a'];
        var error = Assert.Throws<CompressionException>(() => Unpack("snappy", lie));
        Assert.Contains("cannot hold", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Damaged_bytes_are_one_kind_of_error_or_other_bytes(string codec)
    {
        var random = new Random(7);
        var sound = Golden(codec, 3);
        for (var round = 0; round < 2000; round++)
        {
            var damaged = sound.ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            try
            {
                Unpack(codec, round % 4 == 0 ? damaged[..random.Next(damaged.Length)] : damaged);
            }
            catch (CompressionException)
            {
                // The one kind.
            }
        }
    }

    [Fact]
    public void There_are_no_other_codecs() =>
        Assert.Throws<CompressionException>(() => Codec.Decompress((CompressionType)5, new byte[9], new BoundedBuffer(Limit)));

    private static byte[] Unpack(string codec, byte[] packed)
    {
        using var records = new BoundedBuffer(Limit);
        Codec.Decompress(Type(codec), packed, records);
        return records.Written.ToArray();
    }

    private static byte[] Pack(string codec, byte[] records)
    {
        var packed = new ArrayBufferWriter<byte>();
        Codec.Compress(Type(codec), records, packed);
        return packed.WrittenSpan.ToArray();
    }

    private static CompressionType Type(string codec) => Enum.Parse<CompressionType>(codec, ignoreCase: true);

    private static byte[] Golden(string codec, int count)
    {
        var lines = File.ReadLines(Path.Combine(GoldenFolder, "batches.txt"));
        var line = lines.Single(line => line.StartsWith($"{codec} {count} ", StringComparison.Ordinal));
        return Convert.FromHexString(line.Split(' ')[2])[BatchHeader..];
    }
}
