namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>Entries in order, written anew from time to time. Safe for concurrent callers.</summary>
internal interface IJournal
{
    /// <summary>Where the next entry begins: a position for <see cref="Snapshot"/>.</summary>
    long Length { get; }

    /// <param name="durable">Whether it returns only when the entry would survive a loss of power.</param>
    /// <exception cref="IOException">
    /// The entry was not written; or it could not be flushed, and then it may be replayed at the next start (its fate is
    /// unknown) and nothing more is accepted.
    /// </exception>
    void Append(byte type, byte version, ReadOnlySpan<byte> payload, bool durable);

    /// <summary>All entries, oldest first.</summary>
    void Replay(JournalEntryVisitor visit);

    /// <summary>
    /// Replaces all entries before a position by those that <paramref name="write"/> appends: at once and durably, or not at all. Others
    /// may go on appending meanwhile; one snapshot at a time.
    /// </summary>
    /// <exception cref="IOException">The journal is as it was, unless it then refuses everything.</exception>
    void Snapshot(long before, Action<JournalAppender> write);
}

internal delegate void JournalEntryVisitor(byte type, byte version, ReadOnlySpan<byte> payload);

internal delegate void JournalAppender(byte type, byte version, ReadOnlySpan<byte> payload);
