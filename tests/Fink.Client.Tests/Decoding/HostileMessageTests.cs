using System.Text;
using Fink.Client.Decoding;

namespace Fink.Client.Tests.Decoding;

/// <summary>Whoever may send to a topic chooses schema and datum: neither ends a reader in anything but an <see cref="AlertReadException"/>.</summary>
public sealed class HostileMessageTests
{
    public static TheoryData<string> NoSchemas { get; } =
    [
        """{"type":"record"}""",
        """{"type":"record","name":"r"}""",
        """{"type":"record","name":5,"fields":[]}""",
        """{"type":"record","name":"r","fields":5}""",
        """{"type":"record","name":"r","fields":null}""",
        """{"type":"record","name":"r","fields":[5]}""",
        """{"type":"record","name":"r","fields":[{}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a"}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":null}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":5}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":[]}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":[["null"]]}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":"int","aliases":["b"]},{"name":"b","type":"int"}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":"int","aliases":5}]}""",
        """{"type":"record","name":"r","aliases":5,"fields":[]}""",
        """{"type":"record","name":"","fields":[]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"fixed","name":"f","size":"99999999999"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"fixed","name":"f","size":99999999999}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"fixed","name":"f","size":{}}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"fixed","name":"f"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"fixed","name":"f","size":-1}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"enum","name":"e","symbols":5}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"enum","name":"e","symbols":[5,null,{}]}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"enum","name":"e","symbols":["A","A"]}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"array"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"array","items":null}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"map"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"bytes","logicalType":5}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"bytes","logicalType":"decimal"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"bytes","logicalType":"decimal","precision":"x"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":99999999999}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"string","logicalType":"decimal","precision":4}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"string","logicalType":"date"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":["null","int"],"logicalType":"date"}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":{"type":"int"}}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":"int","order":5}]}""",
        """{"type":"record","name":"r","namespace":5,"fields":[{"name":"a","type":"int","default":"x"}]}""",
        """{"type":"record","name":"r","doc":{},"fields":[{"name":"a","type":"int","doc":[]}]}""",
        """{"type":"error","name":"r","fields":[]}""",
        """{"type":5}""",
        """{"type":[]}""",
        """{"type":{"type":{}}}""",
        """{"a":1}""",
        "{}",
        "{",
        """{"type":"record","name":"r","fields":[{"name":"\u0000","type":"int"}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":"x.y"}]}""",
        """{"type":"record","name":"r","name":"r","fields":[{"name":"a","type":{"type":"record","name":"r","fields":[]}}]}""",
        """{"protocol":"p","type":"record","name":".","fields":[]}""",
        """{"type":"record","name":"..","fields":[{"name":"a","type":"."}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"bytes","logicalType":"decimal","precision":4,"scale":-3}}]}""",
        """{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"bytes","logicalType":"decimal","precision":2147483647,"scale":2147483647}}]}""",
    ];

    [Theory]
    [MemberData(nameof(NoSchemas))]
    public void A_key_that_only_looks_like_a_schema_is_a_bad_message(string key) => ReadWhole(key, [2, 2, 2, 2]);

    [Fact]
    public void A_key_that_nests_deeply_is_a_bad_message()
    {
        foreach (var depth in new[] { 60, 1_000, 200_000 })
        {
            var open = new StringBuilder();
            for (var i = 0; i < depth; i++)
            {
                open.Append("""{"type":"array","items":""");
            }

            ReadWhole($$"""{"type":"record","name":"r","fields":[{"name":"a","type":{{open}}"int"{{new string('}', depth)}}}]}""", new byte[4096]);
        }
    }

    [Theory]
    [InlineData("""{"type":"long","logicalType":"timestamp-millis"}""")]
    [InlineData("""{"type":"long","logicalType":"timestamp-micros"}""")]
    [InlineData("""{"type":"long","logicalType":"local-timestamp-millis"}""")]
    [InlineData("""{"type":"int","logicalType":"date"}""")]
    [InlineData("""{"type":"int","logicalType":"time-millis"}""")]
    [InlineData("""{"type":"string","logicalType":"uuid"}""")]
    public void A_time_beyond_the_calendar_can_be_shown(string type)
    {
        var key = $$"""{"type":"record","name":"r","fields":[{"name":"a","type":{{type}}}]}""";
        ReadWhole(key, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        ReadWhole(key, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        ReadWhole(key, [0xff, 0xff, 0xff, 0xff, 0x0f]);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(4)]
    [InlineData(2_000_000_000)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public void A_decimal_has_as_many_digits_as_can_be_shown(long scale) => ReadWhole(
        $$$"""{"type":"record","name":"r","fields":[{"name":"a","type":{"type":"bytes","logicalType":"decimal","precision":{{{int.MaxValue}}},"scale":{{{scale}}}}}]}""",
        [2, 5]);

    [Fact]
    public void A_datum_that_nests_deeply_is_a_bad_message_or_can_be_shown()
    {
        var open = new StringBuilder();
        const int lists = 50;
        for (var i = 0; i < lists; i++)
        {
            open.Append("""{"type":"array","items":""");
        }

        var key = $$"""{"type":"record","name":"r","fields":[{"name":"a","type":{{open}}"r"{{new string('}', lists)}}}]}""";
        ReadWhole(key, Nested(40));
        ReadWhole(key, Nested(1_500));
        ReadWhole(key, Nested(9_000));
        ReadWhole(key, Nested(1_000_000));

        static byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)2, depth), .. new byte[depth + 1]];
    }

    private static void ReadWhole(string key, byte[] value)
    {
        try
        {
            _ = new AlertDecoder(AlertSchemas.None, "localhost:1").Decode(Some.Message(key, value)).ToJson();
        }
        catch (AlertReadException e)
        {
            Assert.Equal(AlertReadFailure.Undecodable, e.Failure);
        }
    }
}
