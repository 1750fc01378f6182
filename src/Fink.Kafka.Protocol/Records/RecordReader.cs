namespace Fink.Kafka.Protocol.Records;

/// <summary>
/// The records of a batch, one after the other, uncompressed. Never reads past its bytes, and allocates nothing.
/// </summary>
public ref struct RecordReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _count;
    private int _position;
    private int _read;

    public RecordReader(ReadOnlySpan<byte> records, int count)
    {
        _bytes = records;
        _count = count;
    }

    public readonly bool IsAtEnd => _read == _count;

    /// <summary>All records have been read and no bytes are left.</summary>
    public readonly bool IsExhausted => IsAtEnd && _position == _bytes.Length;

    /// <returns>False at the end, and where the bytes are no record: <see cref="IsAtEnd"/> tells which.</returns>
    public bool TryRead(out Record record)
    {
        record = default;
        if (IsAtEnd || !TryVarint(ref _position, _bytes, out var length)) return false;
        if (length < 0 || length > _bytes.Length - _position) return false;
        if (!TryRecord(_bytes.Slice(_position, (int)length), out record)) return false;

        _position += (int)length;
        _read++;
        return true;
    }

    private static bool TryRecord(ReadOnlySpan<byte> body, out Record record)
    {
        record = default;
        var at = 1;
        if (body.IsEmpty
            || !TryVarint(ref at, body, out var timestampDelta)
            || !TryVarint(ref at, body, out var offsetDelta)
            || offsetDelta != (int)offsetDelta
            || !TryBytes(ref at, body, out var key, out var hasKey)
            || !TryBytes(ref at, body, out var value, out var hasValue)
            || !TryHeaders(ref at, body)
            || at != body.Length)
        {
            return false;
        }

        record = new(timestampDelta, (int)offsetDelta, key, hasKey, value, hasValue);
        return true;
    }

    private static bool TryHeaders(scoped ref int at, ReadOnlySpan<byte> body)
    {
        // Two bytes are the shortest header: an empty name, a null value.
        if (!TryVarint(ref at, body, out var count) || count < 0 || count > (body.Length - at) / 2) return false;

        for (var i = 0L; i < count; i++)
        {
            if (!TryBytes(ref at, body, out _, out var hasName) || !hasName) return false;
            if (!TryBytes(ref at, body, out _, out _)) return false;
        }

        return true;
    }

    private static bool TryBytes(scoped ref int at, ReadOnlySpan<byte> body, out ReadOnlySpan<byte> bytes, out bool isPresent)
    {
        bytes = default;
        isPresent = false;
        if (!TryVarint(ref at, body, out var length) || length < -1 || length > body.Length - at) return false;
        if (length == -1) return true;

        bytes = body.Slice(at, (int)length);
        isPresent = true;
        at += (int)length;
        return true;
    }

    /// <summary>A zigzag number of at most ten bytes.</summary>
    private static bool TryVarint(scoped ref int at, ReadOnlySpan<byte> bytes, out long value)
    {
        var raw = 0UL;
        value = 0;
        for (var shift = 0; shift < 70 && at < bytes.Length; shift += 7)
        {
            var b = bytes[at++];
            raw |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                value = (long)(raw >> 1) ^ -(long)(raw & 1);
                return true;
            }
        }

        return false;
    }
}

/// <summary>One record; times and offsets are relative to its batch's.</summary>
public readonly ref struct Record(
    long timestampDelta, int offsetDelta, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool hasValue)
{
    public long TimestampDelta { get; } = timestampDelta;

    public int OffsetDelta { get; } = offsetDelta;

    public ReadOnlySpan<byte> Key { get; } = key;

    /// <summary>False for a null key, which is not an empty one.</summary>
    public bool HasKey { get; } = hasKey;

    public ReadOnlySpan<byte> Value { get; } = value;

    public bool HasValue { get; } = hasValue;
}
