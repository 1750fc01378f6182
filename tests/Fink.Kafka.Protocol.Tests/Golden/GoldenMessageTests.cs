using System.Buffers;
using System.Text.RegularExpressions;
using Fink.Kafka.Protocol.Tests.Messages;

namespace Fink.Kafka.Protocol.Tests.Golden;

/// <summary>Our messages against the bytes that Apache Kafka's own message classes wrote.</summary>
public sealed partial class GoldenMessageTests
{
    private const int CorrelationId = 0x01020304;
    private const string ClientId = "golden-é";

    [Fact]
    public void Every_message_of_every_version_is_there()
    {
        var wanted = MessageType.Everything
            .SelectMany(entry => Variants(entry.Type.Versions, entry.Version)
                .Select(variant => (entry.Type.Key, entry.Version, entry.Type.IsRequest, variant)));
        var there = GoldenMessage.All.Select(golden => (golden.Key, golden.Version, golden.IsRequest, golden.Variant));

        Assert.Equal(wanted.Order(), there.Order());
    }

    [Fact]
    public void A_message_is_read_to_its_last_byte_and_written_back_equal()
    {
        Assert.All(GoldenMessage.All, golden =>
        {
            var type = TypeOf(golden);
            var body = Body(golden);
            var message = type.Read(body, golden.Version);

            Assert.Equal(Convert.ToHexString(body.Span), Convert.ToHexString(type.Write(message, golden.Version)));
            Assert.Equal(body.Length, type.Size(message, golden.Version));
        });
    }

    [Fact]
    public void Each_value_is_the_one_that_Kafka_wrote()
    {
        Assert.All(Filled, golden =>
        {
            var message = TypeOf(golden).Read(Body(golden), golden.Version);
            var scalars = new GoldenScalars();
            var visitor = new ScalarVisitor<GoldenScalars>(golden.Version, scalars);
            message.VisitFields(ref visitor);

            Assert.Empty(scalars.Differences);
        });
    }

    [Fact]
    public void Each_field_stands_where_Kafka_s_schema_has_it()
    {
        var kafka = File.ReadLines(Path.Combine(GoldenMessage.Folder, "fields.txt"))
            .Select(line => line.Split(' ', 4))
            .ToDictionary(words => (words[0], words[1], words[2]), words => words[3]);
        Assert.All(Filled, golden =>
        {
            var message = TypeOf(golden).Read(Body(golden), golden.Version);
            var names = new FieldNames(golden.Version);
            message.VisitFields(ref names);

            var key = ($"{(short)golden.Key}", $"{golden.Version}", golden.IsRequest ? "request" : "response");
            Assert.Equal(InOurWords(kafka[key]), names.ToString());
        });
    }

    [Fact]
    public void A_header_is_read_and_written_back_equal()
    {
        Assert.All(GoldenMessage.All, golden =>
        {
            var type = TypeOf(golden);
            var flexible = type.HasFlexibleHeader(golden.Version);
            var output = new ArrayBufferWriter<byte>();
            if (golden.IsRequest)
            {
                var header = RequestHeader.Read(golden.Frame, out _);
                Assert.Equal(new RequestHeader(golden.Key, golden.Version, CorrelationId, ClientId), header);
                header.Write(output, flexible);
            }
            else
            {
                var header = ResponseHeader.Read(golden.Frame, flexible, out _);
                Assert.Equal(new ResponseHeader(CorrelationId), header);
                header.Write(output, flexible);
            }

            Assert.True(golden.Frame.AsSpan().StartsWith(output.WrittenSpan));
            Assert.Equal(golden.Frame.Length, output.WrittenCount + Body(golden).Length);
        });
    }

    internal static IEnumerable<GoldenMessage> Filled => GoldenMessage.All.Where(golden => golden.Variant == "filled");

    internal static MessageType TypeOf(GoldenMessage golden) =>
        MessageType.All.Single(type => type.Key == golden.Key && type.IsRequest == golden.IsRequest);

    internal static ReadOnlyMemory<byte> Body(GoldenMessage golden)
    {
        ReadOnlyMemory<byte> body;
        if (golden.IsRequest) RequestHeader.Read(golden.Frame, out body);
        else ResponseHeader.Read(golden.Frame, TypeOf(golden).HasFlexibleHeader(golden.Version), out body);
        return body;
    }

    private static string[] Variants(ApiVersions versions, short version) => version == versions.Oldest || version == versions.Newest
        ? ["defaults", "filled", "nulls", "long"]
        : ["defaults", "filled", "nulls"];

    /// <summary>Our fields that are not called as Kafka's are: those would be named after their structure, or after other versions.</summary>
    private static string InOurWords(string names)
    {
        names = NestedTopic().Replace(names, "name");
        names = NestedPartition().Replace(names, "partition_index");
        names = LoneKey().Replace(names, "coordinator_key");
        return names.Replace("results_by_topic_v3_and_below", "topics", StringComparison.Ordinal)
            .Replace("results_by_partition", "partitions", StringComparison.Ordinal)
            .Replace("v3_and_below_", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(?<=[\[ ])topic(?=[ \]])")]
    private static partial Regex NestedTopic();

    [GeneratedRegex(@"(?<=[\[ ])partition(?=[ \]])")]
    private static partial Regex NestedPartition();

    [GeneratedRegex(@"^key(?= |$)")]
    private static partial Regex LoneKey();
}
