using System.Buffers.Binary;
using Fink.Kafka.Protocol.Tests.Golden;

namespace Fink.Kafka.Protocol.Tests.Messages;

/// <summary>Whatever bytes arrive: a message or <see cref="MalformedMessageException"/>, and no more memory than they are worth.</summary>
public sealed class MalformedMessageTests
{
    /// <summary>Bytes allocated for each byte of a frame, at most: a structure of a few strings and arrays may be that few bytes long.</summary>
    private const int MemoryPerByte = 64;

    /// <summary>An exception with its message and stack, and an empty message.</summary>
    private const int MemoryPerFrame = 16 * 1024;

    private static readonly int[] HostileLengths = [int.MaxValue, int.MinValue, -1, -2, 0x7fffff00, 0x00ffffff, 0x0000ffff];

    [Fact]
    public void A_frame_cut_short_anywhere_is_malformed()
    {
        foreach (var golden in GoldenMessageTests.Filled)
        {
            var type = GoldenMessageTests.TypeOf(golden);
            var body = GoldenMessageTests.Body(golden);
            for (var length = 0; length < body.Length; length++)
            {
                Assert.Throws<MalformedMessageException>(() => type.Read(body[..length], golden.Version));
            }
        }
    }

    [Fact]
    public void A_header_cut_short_anywhere_is_malformed()
    {
        foreach (var golden in GoldenMessageTests.Filled.Where(golden => golden.IsRequest))
        {
            var length = golden.Frame.Length - GoldenMessageTests.Body(golden).Length;
            for (var cut = 0; cut < length; cut++)
            {
                var frame = golden.Frame.AsMemory(0, cut);
                Assert.Throws<MalformedMessageException>(() => RequestHeader.Read(frame, out _));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_bytes_are_a_message_or_malformed_and_cost_no_more_than_they_are_worth(int seed)
    {
        var random = new Random(seed);
        foreach (var golden in GoldenMessage.All.Where(golden => golden.Variant != "long"))
        {
            var type = GoldenMessageTests.TypeOf(golden);
            var body = GoldenMessageTests.Body(golden).ToArray();
            for (var i = 0; i < 40; i++) ReadAtBoundedCost(type, Mutated(body, random), golden.Version, $"{golden}, seed {seed}, mutation {i}");
        }
    }

    [Fact]
    public void A_length_that_announces_more_than_there_is_costs_nothing()
    {
        foreach (var golden in GoldenMessageTests.Filled)
        {
            var type = GoldenMessageTests.TypeOf(golden);
            var body = GoldenMessageTests.Body(golden).ToArray();
            for (var at = 0; at + 4 <= body.Length; at++)
            {
                foreach (var length in HostileLengths)
                {
                    var hostile = body.AsSpan().ToArray();
                    BinaryPrimitives.WriteInt32BigEndian(hostile.AsSpan(at), length);
                    ReadAtBoundedCost(type, hostile, golden.Version, $"{golden}, {length:x} at {at}");
                }
            }
        }
    }

    [Fact]
    public void Random_bytes_are_a_message_or_malformed()
    {
        var random = new Random(7);
        foreach (var (type, version) in MessageType.Everything)
        {
            for (var i = 0; i < 40; i++)
            {
                var bytes = new byte[random.Next(2000)];
                random.NextBytes(bytes);
                ReadAtBoundedCost(type, bytes, version, $"{type} v{version}, {i}");
            }
        }
    }

    /// <summary>A count is not believed because so many bytes follow: these are no length and no end of a number.</summary>
    [Fact]
    public void A_count_of_items_that_do_not_follow_costs_little()
    {
        const int Count = 4000;
        var rubbish = Enumerable.Repeat((byte)0x80, Count).ToArray();
        foreach (var golden in GoldenMessageTests.Filled)
        {
            var type = GoldenMessageTests.TypeOf(golden);
            var body = GoldenMessageTests.Body(golden).ToArray();
            byte[] count = type.Versions.IsFlexible(golden.Version)
                ? [(Count & 0x7f) | 0x80, Count >> 7]
                : [0, 0, Count >> 8, Count & 0xff];
            for (var at = 0; at + count.Length <= body.Length; at++)
            {
                ReadAtBoundedCost(type, [.. body[..at], .. count, .. rubbish], golden.Version, $"{golden}, {Count} items at {at}", perByte: 12);
            }
        }
    }

    /// <summary>A flood of the smallest items: the most memory that a frame can ask for.</summary>
    [Fact]
    public void A_frame_full_of_empty_items_costs_no_more_than_it_is_worth()
    {
        foreach (var (type, version) in MessageType.Everything)
        {
            foreach (var filler in new byte[] { 0, 1, 2 })
            {
                var bytes = new byte[100_000];
                bytes.AsSpan().Fill(filler);
                foreach (var at in new[] { 0, 1, 2, 4, 6, 8, 10, 12 })
                {
                    var flood = bytes.AsSpan().ToArray();
                    if (type.Versions.IsFlexible(version)) new byte[] { 0x80, 0x80, 0x06 }.CopyTo(flood, at);
                    else BinaryPrimitives.WriteInt32BigEndian(flood.AsSpan(at), 20_000);
                    ReadAtBoundedCost(type, flood, version, $"{type} v{version}, {filler} from {at}");
                }
            }
        }
    }

    private static void ReadAtBoundedCost(MessageType type, byte[] body, short version, string what, int perByte = MemoryPerByte)
    {
        var limit = MemoryPerFrame + ((long)body.Length * perByte);
        var spent = CostOfReading(type, body, version, what);

        // What the runtime makes once for a type is not the frame's.
        if (spent > limit) spent = CostOfReading(type, body, version, what);
        Assert.True(spent <= limit, $"{what}: {spent} bytes for a frame of {body.Length}");
    }

    private static long CostOfReading(MessageType type, byte[] body, short version, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            type.Read(body, version);
        }
        catch (MalformedMessageException malformed)
        {
            Assert.NotEmpty(malformed.Message);
        }
        catch (Exception other)
        {
            Assert.Fail($"{what}: {other}");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Mutated(byte[] body, Random random)
    {
        var mutated = new List<byte>(body);
        for (var changes = random.Next(1, 4); changes > 0 && mutated.Count > 0; changes--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[at] = (byte)(random.Next(2) == 0 ? 0xff : 0x7f);
                    break;
                case 2:
                    mutated.RemoveRange(at, random.Next(1, mutated.Count - at + 1));
                    break;
                case 3:
                    mutated.InsertRange(at, body.Take(random.Next(body.Length + 1)));
                    break;
                default:
                    mutated[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. mutated];
    }
}
