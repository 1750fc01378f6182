using Fink.TestSupport;

namespace Fink.Kafka.Protocol.Tests.Golden;

/// <summary>A line of tests/golden-messages/messages.txt: bytes that Apache Kafka's own message classes wrote.</summary>
/// <param name="Frame">Header and body, without the length before them.</param>
internal sealed record GoldenMessage(ApiKey Key, short Version, bool IsRequest, string Variant, byte[] Frame)
{
    public static string Folder { get; } = Path.Combine(Checkout.Root, "tests", "golden-messages");

    public static IReadOnlyList<GoldenMessage> All { get; } =
        [.. File.ReadLines(Path.Combine(Folder, "messages.txt")).Select(Parse)];

    public override string ToString() => $"{Key} v{Version} {(IsRequest ? "request" : "response")} {Variant}";

    private static GoldenMessage Parse(string line) => line.Split(' ') switch
    {
        [var key, var version, var kind, var variant, var hex] => new(
            (ApiKey)short.Parse(key, null), short.Parse(version, null), kind == "request", variant, Convert.FromHexString(hex)),
        _ => throw new FormatException(line),
    };
}
