using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Metadata;

/// <summary>Why something that a client asked for is not done.</summary>
internal sealed record Refusal(ErrorCode Error, string? Message = null);
