namespace Fink.Distribution.Publishing;

/// <summary>One message. All but the value is copied while it is handed over.</summary>
internal readonly ref struct AlertMessage
{
    public required TopicHandle Topic { get; init; }

    public required int Partition { get; init; }

    /// <summary>Empty for none.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Native memory that stays as it is until the message is reported.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    public ReadOnlySpan<byte> ObjectId { get; init; }

    public ReadOnlySpan<byte> AlertId { get; init; }

    public required ReadOnlySpan<byte> Fingerprint { get; init; }

    public required ReadOnlySpan<byte> Rule { get; init; }

    /// <summary>Empty for a bare datum, which has no such header.</summary>
    public ReadOnlySpan<byte> Wire { get; init; }

    public required ReadOnlySpan<byte> Time { get; init; }

    /// <summary>Comes back with the report. Not zero.</summary>
    public required long Tag { get; init; }
}
