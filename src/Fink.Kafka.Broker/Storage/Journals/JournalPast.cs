namespace Fink.Kafka.Broker.Storage.Journals;

/// <summary>What is known of a journal before it is opened, and so what may be found: all else is damage, and refused.</summary>
internal sealed record JournalPast
{
    /// <summary>Nothing: it may be missing, or be the beginning of one.</summary>
    public static readonly JournalPast Unknown = new();

    /// <summary>It was made durably before anything relied on it.</summary>
    public bool MustExist { get; init; }

    /// <summary>The file that says that the last broker stopped cleanly: nothing can be half written. Null after a crash.</summary>
    public string? CleanStopPath { get; init; }

    /// <summary>Bytes; null if it was not recorded.</summary>
    public long? LengthAtCleanStop { get; init; }
}
