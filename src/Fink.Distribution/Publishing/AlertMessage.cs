namespace Fink.Distribution.Publishing;

/// <summary>One message, its bytes wherever they lie: they are copied while it is sent.</summary>
internal readonly ref struct AlertMessage
{
    public required TopicHandle Topic { get; init; }

    public required int Partition { get; init; }

    /// <summary>Empty for none.</summary>
    public ReadOnlySpan<byte> Key { get; init; }

    public required ReadOnlySpan<byte> Value { get; init; }

    public ReadOnlySpan<byte> ObjectId { get; init; }

    public ReadOnlySpan<byte> AlertId { get; init; }

    public required ReadOnlySpan<byte> Fingerprint { get; init; }

    public required ReadOnlySpan<byte> Rule { get; init; }

    public required ReadOnlySpan<byte> Time { get; init; }

    /// <summary>Comes back with the report. Not zero.</summary>
    public required long Tag { get; init; }
}
