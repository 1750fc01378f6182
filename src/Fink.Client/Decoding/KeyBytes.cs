namespace Fink.Client.Decoding;

/// <summary>Compares keys by their bytes.</summary>
internal sealed class KeyBytes : IEqualityComparer<byte[]>
{
    public static KeyBytes Comparer { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] key)
    {
        var hash = new HashCode();
        hash.AddBytes(key);
        return hash.ToHashCode();
    }
}
