using System.Text;
using Fink.Distribution.Messages;

namespace Fink.Distribution.Tests.Messages;

public sealed class Murmur2Tests
{
    /// <summary>What org.apache.kafka.common.utils.Utils.murmur2 of kafka-clients 3.9.1 printed.</summary>
    [Theory]
    [InlineData("", 275646681)]
    [InlineData("1", -1993445489)]
    [InlineData("ab", 316155434)]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("ZTF18aaaaaaa", -1137597573)]
    [InlineData("ZTF21abcdefg", 96267150)]
    [InlineData("313853499455373316", -1673213037)]
    [InlineData("µ-Céphéi", -667563336)]
    [InlineData("a-little-bit-long-string", -985981536)]
    public void The_hash_is_Javas(string text, int expected) =>
        Assert.Equal(expected, unchecked((int)Murmur2.Hash(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void A_negative_hash_gives_a_partition_all_the_same() =>
        Assert.Equal((-1137597573 & 0x7fffffff) % 7, Murmur2.Partition("ZTF18aaaaaaa"u8, 7));
}
