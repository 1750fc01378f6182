namespace Fink.Kafka.Protocol.Tests;

public sealed class ErrorCodeTests
{
    [Theory]
    [InlineData(ErrorCode.UnknownServerError, "UNKNOWN_SERVER_ERROR")]
    [InlineData(ErrorCode.None, "NONE")]
    [InlineData(ErrorCode.UnknownTopicOrPartition, "UNKNOWN_TOPIC_OR_PARTITION")]
    [InlineData(ErrorCode.InvalidTopicException, "INVALID_TOPIC_EXCEPTION")]
    [InlineData((ErrorCode)999, "999")]
    public void A_code_is_spelled_as_Kafka_spells_it(ErrorCode code, string name) =>
        Assert.Equal(name, code.KafkaName());
}
