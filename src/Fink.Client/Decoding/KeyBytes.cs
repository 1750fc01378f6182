namespace Fink.Client.Decoding;

/// <summary>Compares keys by their bytes.</summary>
internal sealed class KeyBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static KeyBytes Comparer { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(byte[] key) => GetHashCode(key.AsSpan());

    /// <summary>Of the length and the end: the schemas of a survey begin alike, and comparing is cheaper than hashing them whole.</summary>
    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        const int looked = 64;
        var hash = new HashCode();
        hash.Add(alternate.Length);
        hash.AddBytes(alternate[^Math.Min(looked, alternate.Length)..]);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
