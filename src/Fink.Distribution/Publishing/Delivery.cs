using Fink.Distribution.Publishing.Native;

namespace Fink.Distribution.Publishing;

/// <summary>Told how each message fared, on the thread that polls.</summary>
internal interface IDeliveryReports
{
    /// <param name="tag">What the message was sent with.</param>
    void Delivered(long tag);

    void Failed(long tag, in FailedDelivery failure);
}

/// <summary>A message that no broker acknowledged.</summary>
/// <param name="AlertId">From the message's header.</param>
/// <param name="Reason">librdkafka's words for the error.</param>
/// <param name="CanSucceedLater">False where the message itself is at fault: it would fail again.</param>
internal readonly record struct FailedDelivery(string AlertId, string Reason, bool CanSucceedLater)
{
    /// <summary>No broker took it for as long as a message may wait.</summary>
    public bool HasTimedOut { get; init; }

    public static bool CanErrorPass(int error) =>
        error is not (LibRdKafka.MessageTooLarge or LibRdKafka.InvalidMessage or LibRdKafka.InvalidRecord);
}
