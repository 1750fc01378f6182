using System.Buffers;

namespace Fink.Kafka.Protocol.Tests.Golden;

/// <summary>What real clients said to Apache Kafka 3.9 and what it answered, as capture.py wrote it down.</summary>
public sealed class CapturedFrameTests
{
    private static readonly CapturedFrame[] All =
        [.. File.ReadLines(Path.Combine(GoldenMessage.Folder, "captures.txt")).Select(CapturedFrame.Parse)];

    [Fact]
    public void Each_frame_is_read_to_its_last_byte_and_written_back_equal()
    {
        var spoken = All.Where(frame => ApiCatalog.Find(frame.Key)?.Versions.Contains(frame.Version) ?? false).ToArray();

        Assert.All(spoken, frame =>
        {
            var golden = new GoldenMessage(frame.Key, frame.Version, frame.IsRequest, frame.Client, frame.Bytes);
            var type = GoldenMessageTests.TypeOf(golden);
            var body = GoldenMessageTests.Body(golden);
            var output = new ArrayBufferWriter<byte>();
            if (frame.IsRequest) RequestHeader.Read(frame.Bytes, out _).Write(output, type.HasFlexibleHeader(frame.Version));
            else ResponseHeader.Read(frame.Bytes, type.HasFlexibleHeader(frame.Version), out _).Write(output, type.HasFlexibleHeader(frame.Version));
            output.Write(type.Write(type.Read(body, frame.Version), frame.Version));

            Assert.Equal(Convert.ToHexString(frame.Bytes), Convert.ToHexString(output.WrittenSpan));
        });
        Assert.All(All.Select(frame => frame.Client).Distinct(), client => Assert.Contains(spoken, frame => frame.Client == client));
    }

    private sealed record CapturedFrame(string Client, ApiKey Key, short Version, bool IsRequest, byte[] Bytes)
    {
        public static CapturedFrame Parse(string line) => line.Split(' ') switch
        {
            [var client, var key, var version, var kind, var hex] => new(
                client, (ApiKey)short.Parse(key, null), short.Parse(version, null), kind == "request", Convert.FromHexString(hex)),
            _ => throw new FormatException(line),
        };

        public override string ToString() => $"{Client} {Key} v{Version} {(IsRequest ? "request" : "response")}";
    }
}
