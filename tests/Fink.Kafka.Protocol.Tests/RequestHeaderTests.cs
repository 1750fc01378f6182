using System.Buffers;
using Fink.Kafka.Protocol.Messages;

namespace Fink.Kafka.Protocol.Tests;

public sealed class RequestHeaderTests
{
    [Fact]
    public void Of_an_unknown_api_key_version_and_correlation_id_are_read()
    {
        var header = RequestHeader.Read(Convert.FromHexString("7fff0003000000070001"), out var body);

        Assert.Equal(new RequestHeader((ApiKey)0x7fff, 3, 7, ClientId: null), header);
        Assert.Equal(2, body.Length);
    }

    [Fact]
    public void ApiVersions_of_a_version_yet_to_come_has_a_flexible_header()
    {
        var header = RequestHeader.Read(Convert.FromHexString("0012007f00000007000161000102"), out var body);

        Assert.Equal(new RequestHeader(ApiKey.ApiVersions, 127, 7, "a"), header);
        Assert.Equal([1, 2], body.ToArray());
    }

    [Fact]
    public void The_answer_to_ApiVersions_has_no_tagged_fields_in_its_header()
    {
        Assert.False(ResponseHeader.IsFlexible(ApiKey.ApiVersions, ApiVersionsRequest.Versions, version: 3));
        Assert.True(ResponseHeader.IsFlexible(ApiKey.Metadata, MetadataRequest.Versions, version: 9));
        Assert.False(ResponseHeader.IsFlexible(ApiKey.Metadata, MetadataRequest.Versions, version: 8));
    }

    [Theory]
    [InlineData(0, "00000010 0012 0000 00000005 0006 636c69656e74")]
    [InlineData(3, "00000016 0012 0003 00000005 0006 636c69656e74 00 02 61 02 62 00")]
    public void A_request_becomes_a_frame(short version, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        Frame.WriteRequest<ApiVersionsRequest, ApiVersionsResponse>(
            output, version, correlationId: 5, "client", new() { ClientSoftwareName = "a", ClientSoftwareVersion = "b" });

        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(output.WrittenSpan));
    }

    [Theory]
    [InlineData(3, "0000000a 00000005 00000000 001b")]
    [InlineData(4, "0000000c 00000005 00 00000000 001b 00")]
    public void A_response_becomes_a_frame(short version, string expected)
    {
        var output = new ArrayBufferWriter<byte>();

        Frame.WriteResponse<HeartbeatRequest, HeartbeatResponse>(
            output, version, correlationId: 5, new() { ErrorCode = ErrorCode.RebalanceInProgress });

        Assert.Equal(expected.Replace(" ", "", StringComparison.Ordinal), Convert.ToHexStringLower(output.WrittenSpan));
    }
}
