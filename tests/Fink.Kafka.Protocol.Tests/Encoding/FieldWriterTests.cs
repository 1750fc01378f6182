using System.Buffers;
using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Tests.Golden;

namespace Fink.Kafka.Protocol.Tests.Encoding;

public sealed class FieldWriterTests
{
    [Fact]
    public void A_string_longer_than_the_wire_can_say_is_refused_by_name()
    {
        var request = new HeartbeatRequest { GroupId = new string('x', short.MaxValue + 1) };

        var refused = Assert.Throws<InvalidOperationException>(() =>
            Frame.WriteBody(new ArrayBufferWriter<byte>(), request, version: 4, HeartbeatRequest.Versions));

        Assert.StartsWith("GroupId: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_that_the_wire_has_not_is_refused_by_name()
    {
        var response = new MetadataResponse { Brokers = [default] };

        var refused = Assert.Throws<InvalidOperationException>(() =>
            Frame.WriteBody(new ArrayBufferWriter<byte>(), response, version: 1, MetadataRequest.Versions));

        Assert.Equal("Host: null where the wire has no null", refused.Message);
    }

    [Fact]
    public void A_null_that_only_later_versions_have_is_refused_in_earlier_ones()
    {
        var response = new JoinGroupResponse { ProtocolName = null };
        var output = new ArrayBufferWriter<byte>();

        Frame.WriteBody(output, response, version: 7, JoinGroupRequest.Versions);
        var refused = Assert.Throws<InvalidOperationException>(() =>
            Frame.WriteBody(output, response, version: 6, JoinGroupRequest.Versions));

        Assert.StartsWith("ProtocolName: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_output_may_come_in_pieces()
    {
        foreach (var golden in GoldenMessageTests.Filled)
        {
            var message = GoldenMessageTests.TypeOf(golden).Read(GoldenMessageTests.Body(golden), golden.Version);
            var output = new Pieces();
            var writer = new FieldWriter(output, golden.Version, GoldenMessageTests.TypeOf(golden).Versions.IsFlexible(golden.Version));
            message.VisitFields(ref writer);
            writer.Complete();

            Assert.Equal(Convert.ToHexString(GoldenMessageTests.Body(golden).Span), Convert.ToHexString([.. output.Written]));
        }
    }

    /// <summary>Gives as little room as it is asked for.</summary>
    private sealed class Pieces : IBufferWriter<byte>
    {
        private byte[] _piece = [];

        public List<byte> Written { get; } = [];

        public void Advance(int count) => Written.AddRange(_piece.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _piece = new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
