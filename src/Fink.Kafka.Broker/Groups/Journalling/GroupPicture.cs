namespace Fink.Kafka.Broker.Groups.Journalling;

/// <summary>All groups and offsets at one moment, as records for the journal.</summary>
/// <param name="JournalLength">Where in the journal what happens after that moment begins.</param>
/// <param name="WrittenBefore">The bytes of payloads in the journal up to that moment.</param>
internal sealed record GroupPicture(IReadOnlyList<(GroupRecordType Type, byte[] Payload)> Records, long JournalLength, long WrittenBefore)
{
    public long Bytes { get; } = Records.Sum(record => (long)record.Payload.Length);
}
