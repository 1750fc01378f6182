using Fink.Kafka.Protocol.Encoding;
using Fink.Kafka.Protocol.Messages;
using Fink.Kafka.Protocol.Values;

namespace Fink.Kafka.Protocol.Tests.Encoding;

public sealed class FieldPrinterTests
{
    [Fact]
    public void A_message_is_a_line_of_its_version_s_fields()
    {
        var request = new ListOffsetsRequest
        {
            ReplicaId = -1,
            IsolationLevel = IsolationLevel.ReadCommitted,
            Topics = [new() { Name = "ft\"ransfer", Partitions = [new() { PartitionIndex = 1, Timestamp = -2 }, new()] }],
        };

        Assert.Equal(
            """ReplicaId=-1 Topics=[{Name="ft\u0022ransfer" Partitions=[{PartitionIndex=1 Timestamp=-2} {PartitionIndex=0 Timestamp=0}]}]""",
            FieldPrinter.Print(request, version: 1));
        Assert.Contains(" IsolationLevel=ReadCommitted ", FieldPrinter.Print(request, version: 2), StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_have_Kafka_s_names_and_nulls_are_told_from_empty()
    {
        var response = new OffsetFetchResponse
        {
            ErrorCode = ErrorCode.UnstableOffsetCommit,
            Topics = [new() { Name = "", Partitions = [new() { Metadata = null }] }],
        };

        var line = FieldPrinter.Print(response, version: 2);

        Assert.EndsWith(" ErrorCode=UNSTABLE_OFFSET_COMMIT", line, StringComparison.Ordinal);
        Assert.Contains("Name=\"\"", line, StringComparison.Ordinal);
        Assert.Contains("Metadata=null", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tagged_field_is_shown_where_it_is_present()
    {
        Assert.DoesNotContain("ClusterId", FieldPrinter.Print(new FetchRequest(), version: 15), StringComparison.Ordinal);
        Assert.EndsWith(
            "ClusterId=\"c\" ReplicaState={ReplicaId=1 ReplicaEpoch=-1}",
            FieldPrinter.Print(new FetchRequest { ClusterId = "c", ReplicaState = new() { ReplicaId = 1 } }, version: 15),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_are_not_shown()
    {
        var request = new SaslAuthenticateRequest { AuthBytes = "\0user\0secret"u8.ToArray() };

        Assert.Equal("AuthBytes=(12 bytes)", FieldPrinter.Print(request, version: 2));
    }
}
