using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Tests.Encoding;

public sealed class FieldReaderTests
{
    [Fact]
    public void Numbers_have_their_most_significant_byte_first()
    {
        var reader = Reader("01 fe 0102 01020304 0102030405060708 3ff8000000000000");
        var yes = false;
        sbyte int8 = 0;
        short int16 = 0;
        var int32 = 0;
        var int64 = 0L;
        var float64 = 0.0;

        reader.Bool(ref yes);
        reader.Int8(ref int8);
        reader.Int16(ref int16);
        reader.Int32(ref int32);
        reader.Int64(ref int64);
        reader.Float64(ref float64);

        Assert.Equal((true, -2, 0x0102, 0x01020304, 0x0102030405060708, 1.5), (yes, int8, int16, int32, int64, float64));
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Errors_enumerations_and_uuids_are_typed()
    {
        var reader = Reader("0003 04 00112233445566778899aabbccddeeff");
        var error = ErrorCode.None;
        var pattern = PatternType.Unknown;
        var uuid = Guid.Empty;

        reader.Error(ref error);
        reader.Enum8(ref pattern);
        reader.Uuid(ref uuid);

        Assert.Equal(ErrorCode.UnknownTopicOrPartition, error);
        Assert.Equal(PatternType.Prefixed, pattern);
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", uuid.ToString());
    }

    [Theory]
    [InlineData("0002 6869", false, "hi")]
    [InlineData("0000", false, "")]
    [InlineData("ffff", false, null)]
    [InlineData("03 6869", true, "hi")]
    [InlineData("01", true, "")]
    [InlineData("00", true, null)]
    [InlineData("0002 c3a9", false, "é")]
    [InlineData("0003 41ff42", false, "A\ufffdB")]
    public void A_string_has_its_length_in_bytes_before_it(string hex, bool flexible, string? expected)
    {
        var reader = Reader(hex, flexible);
        string? text = "before";

        reader.NullableString(ref text);

        Assert.Equal(expected, text);
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData("ffff", false, "null where there must be a value")]
    [InlineData("00", true, "null where there must be a value")]
    [InlineData("fffe", false, "a length of -2")]
    [InlineData("0003 6869", false, "3 bytes or items are announced, 2 bytes are left")]
    [InlineData("04 6869", true, "3 bytes or items are announced, 2 bytes are left")]
    [InlineData("00", false, "2 bytes are needed, 1 are left")]
    [InlineData("ff ff ff ff 0f", true, "more than 31 bits")]
    [InlineData("80 80 80 80 80 01", true, "more than 31 bits")]
    public void What_is_no_string_says_why_and_of_which_field(string hex, bool flexible, string why)
    {
        var malformed = Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = Reader(hex, flexible);
            var topic = "";
            reader.String(ref topic, nameof(topic));
        });

        Assert.StartsWith("topic: ", malformed.Message, StringComparison.Ordinal);
        Assert.Contains(why, malformed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_that_only_later_versions_have_is_malformed_in_earlier_ones()
    {
        var nullTopics = Bytes("ffffffff");

        Assert.Throws<MalformedMessageException>(() => Frame.ReadBody<MetadataRequest>(nullTopics, version: 0, MetadataRequest.Versions));
        Assert.Null(Frame.ReadBody<MetadataRequest>(nullTopics, version: 1, MetadataRequest.Versions).Topics);
    }

    [Fact]
    public void A_compact_string_is_no_longer_than_one_with_two_bytes_of_length()
    {
        var bytes = new byte[3 + 40_000];
        new byte[] { 0xc1, 0xb8, 0x02 }.CopyTo(bytes, 0); // 40,001

        var malformed = Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = new FieldReader(bytes, version: 0, flexible: true);
            var text = "";
            reader.String(ref text);
        });

        Assert.Contains("a string of 40000 bytes", malformed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_and_records_are_slices_of_the_frame()
    {
        var frame = Convert.FromHexString("00000002aabb03ccdd00");
        var reader = new FieldReader(frame, version: 0, flexible: false);
        ReadOnlyMemory<byte> bytes = default;
        reader.Bytes(ref bytes);
        var flexible = new FieldReader(frame.AsMemory(reader.Position), version: 0, flexible: true);
        ReadOnlyMemory<byte>? records = null, none = bytes;
        flexible.Records(ref records);
        flexible.Records(ref none);

        frame[4] = 0x11;
        frame[7] = 0x22;
        Assert.Equal([0x11, 0xbb], bytes.ToArray());
        Assert.Equal([0x22, 0xdd], records!.Value.ToArray());
        Assert.Null(none);
    }

    [Fact]
    public void An_array_of_numbers_is_made_only_when_all_of_it_is_there()
    {
        Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = Reader("00000003 00000001 00000002 0000");
            int[] items = [];
            reader.Int32s(ref items);
        });
    }

    [Fact]
    public void Arrays_longer_than_the_first_guess_have_all_their_items()
    {
        var reader = new FieldReader(Convert.FromHexString("28" + string.Concat(Enumerable.Range(0, 39).Select(i => $"02{i + 'A':x2}"))), 0, flexible: true);
        string[] items = [];

        reader.Strings(ref items);

        Assert.Equal(Enumerable.Range(0, 39).Select(i => ((char)('A' + i)).ToString()), items);
    }

    [Theory]
    [InlineData("00", 0)]
    [InlineData("01 05 02 aabb", 0)]
    [InlineData("02 00 00 07 01 ff 99", 1)]
    public void Unknown_tagged_fields_are_read_past(string hex, int left)
    {
        var reader = Reader(hex, flexible: true);

        reader.NoTags();

        Assert.Equal(left, reader.Remaining);
    }

    [Theory]
    [InlineData("02 05 00 05 00", "tag 5 follows tag 5")]
    [InlineData("02 05 00 04 00", "tag 4 follows tag 5")]
    [InlineData("01 05 03 aabb", "3 bytes or items are announced, 2 bytes are left")]
    [InlineData("ffffffff07", "1 bytes are needed, 0 are left")]
    public void What_is_no_set_of_tagged_fields_is_malformed(string hex, string why)
    {
        var malformed = Assert.Throws<MalformedMessageException>(() =>
        {
            var reader = Reader(hex, flexible: true);
            reader.NoTags();
        });

        Assert.Contains(why, malformed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("01 00 02 0003", true)]
    [InlineData("01 00 03 000300", false)]
    [InlineData("01 00 01 0003", false)]
    public void A_tagged_field_is_as_long_as_it_says(string tags, bool isWell)
    {
        // One topic in CreateTopics' answer: name, error, message, partitions, replicas, no configs; tag 0 is an error code.
        var body = Bytes("00000000 02 0274 0000 00 00000001 0001 00" + tags + "00");
        CreateTopicsResponse Read() => Frame.ReadBody<CreateTopicsResponse>(body, version: 5, CreateTopicsRequest.Versions);

        if (isWell) Assert.Equal(ErrorCode.UnknownTopicOrPartition, Read().Topics[0].TopicConfigErrorCode);
        else Assert.Contains("tagged field 0 is not", Assert.Throws<MalformedMessageException>(Read).Message, StringComparison.Ordinal);
    }

    private static FieldReader Reader(string hex, bool flexible = false) => new(Bytes(hex), version: 0, flexible);

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
