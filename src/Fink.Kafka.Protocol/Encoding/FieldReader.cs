using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Fink.Kafka.Protocol.Encoding;

/// <summary>
/// Reads fields from a frame. Every length is checked against what is left before anything is made of it, and arrays grow with what
/// was read, so that a frame costs memory in proportion to its own size whatever its lengths say.
/// Throws <see cref="MalformedMessageException"/> and nothing else.
/// </summary>
/// <param name="flexible">Whether this version has compact lengths and tagged fields.</param>
public ref struct FieldReader(ReadOnlyMemory<byte> frame, short version, bool flexible) : IFieldVisitor
{
    /// <summary>Arrays up to this length are made at once; longer ones grow as their items arrive.</summary>
    private const int SmallCount = 16;

    private const int LongestString = short.MaxValue;

    private readonly ReadOnlyMemory<byte> _frame = frame;
    private readonly ReadOnlySpan<byte> _bytes = frame.Span;
    private readonly bool _flexible = flexible;
    private int _position;

    public short Version { get; } = version;

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    public void Bool(ref bool value, string name = "") => value = Take(1, name)[0] != 0;

    public void Int8(ref sbyte value, string name = "") => value = (sbyte)Take(1, name)[0];

    public void Int16(ref short value, string name = "") => value = BinaryPrimitives.ReadInt16BigEndian(Take(2, name));

    public void Int32(ref int value, string name = "") => value = BinaryPrimitives.ReadInt32BigEndian(Take(4, name));

    public void Int64(ref long value, string name = "") => value = BinaryPrimitives.ReadInt64BigEndian(Take(8, name));

    public void Float64(ref double value, string name = "") => value = BinaryPrimitives.ReadDoubleBigEndian(Take(8, name));

    public void Uuid(ref Guid value, string name = "") => value = new Guid(Take(16, name), bigEndian: true);

    public void Error(ref ErrorCode value, string name = "") => value = (ErrorCode)BinaryPrimitives.ReadInt16BigEndian(Take(2, name));

    public void Enum8<T>(ref T value, string name = "")
        where T : unmanaged, Enum
        => value = Unsafe.BitCast<byte, T>(Take(1, name)[0]);

    public void String(ref string value, string name = "") => value = StringOrNull(name) ?? throw NullOf(name);

    public void NullableString(ref string? value, short nullableFrom = 0, string name = "") =>
        value = StringOrNull(name) ?? (Version >= nullableFrom ? null : throw NullOf(name));

    public void Bytes(ref ReadOnlyMemory<byte> value, string name = "") => value = BytesOrNull(name) ?? throw NullOf(name);

    public void Records(ref ReadOnlyMemory<byte>? value, string name = "") => value = BytesOrNull(name);

    public void Records(ref RecordBytes? value, string name = "") => value = BytesOrNull(name) is { } bytes ? RecordBytes.Of(bytes) : null;

    public void Int32s(ref int[] items, string name = "")
    {
        var count = FixedCount(sizeof(int), name);
        items = count == 0 ? [] : new int[count];
        foreach (ref var item in items.AsSpan()) Int32(ref item, name);
    }

    public void Int64s(ref long[] items, string name = "")
    {
        var count = FixedCount(sizeof(long), name);
        items = count == 0 ? [] : new long[count];
        foreach (ref var item in items.AsSpan()) Int64(ref item, name);
    }

    public void Strings(ref string[] items, string name = "") => items = StringsOrNull(name) ?? throw NullOf(name);

    public void NullableStrings(ref string[]? items, string name = "") => items = StringsOrNull(name);

    public void Struct<T>(ref T value, string name = "")
        where T : struct, IWireStruct
    {
        value = new T();
        value.VisitFields(ref this);
    }

    public void Structs<T>(ref T[] items, string name = "")
        where T : struct, IWireStruct
        => items = StructsOrNull<T>(name) ?? throw NullOf(name);

    public void NullableStructs<T>(ref T[]? items, short nullableFrom = 0, string name = "")
        where T : struct, IWireStruct
        => items = StructsOrNull<T>(name) ?? (Version >= nullableFrom ? null : throw NullOf(name));

    public void NoTags()
    {
        if (!_flexible) return;
        var last = -1;
        for (var left = VarUInt("tagged fields"); left > 0; left--) Take(TagHeader(ref last), "tagged field");
    }

    public void Tags<T>(ref T owner)
        where T : ITaggedStruct
    {
        if (!_flexible) return;
        var last = -1;
        for (var left = VarUInt("tagged fields"); left > 0; left--)
        {
            var size = TagHeader(ref last);
            var end = _position + size;
            if (!owner.TryVisitTag(last, ref this)) _position = end;
            if (_position != end) throw new MalformedMessageException($"tagged field {last} is not the {size} bytes long that it says");
        }
    }

    /// <summary>Tags ascend, so that none is there twice.</summary>
    private int TagHeader(ref int last)
    {
        var tag = VarUInt("tag");
        if (tag <= last) throw new MalformedMessageException($"tag {tag} follows tag {last}");
        last = tag;
        return Within(VarUInt("size of a tagged field"), "tagged field");
    }

    private string? StringOrNull(string name)
    {
        var length = Length(isString: true, name);
        if (length < 0) return null;
        if (length > LongestString) throw new MalformedMessageException($"{name}: a string of {length} bytes, at most {LongestString} are allowed");
        return Text(Take(length, name));
    }

    /// <summary>What is no UTF-8 becomes U+FFFD, as in Kafka; without what <c>Encoding.UTF8</c> allocates for each such byte.</summary>
    private static string Text(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8)) return System.Text.Encoding.UTF8.GetString(utf8);
        var text = new char[utf8.Length];
        Utf8.ToUtf16(utf8, text, out _, out var length);
        return new string(text, 0, length);
    }

    private ReadOnlyMemory<byte>? BytesOrNull(string name)
    {
        var length = Length(isString: false, name);
        if (length < 0) return null;
        Take(length, name);
        return _frame.Slice(_position - length, length);
    }

    private string[]? StringsOrNull(string name)
    {
        var count = Length(isString: false, name);
        if (count <= 0) return count < 0 ? null : [];
        var items = new string[Math.Min(count, SmallCount)];
        for (var i = 0; i < count; i++)
        {
            if (i == items.Length) Grow(ref items, count);
            String(ref items[i], name);
        }

        return items;
    }

    private T[]? StructsOrNull<T>(string name)
        where T : struct, IWireStruct
    {
        var count = Length(isString: false, name);
        if (count <= 0) return count < 0 ? null : [];
        var items = new T[Math.Min(count, SmallCount)];
        for (var i = 0; i < count; i++)
        {
            if (i == items.Length) Grow(ref items, count);
            items[i] = new T();
            items[i].VisitFields(ref this);
        }

        return items;
    }

    private static void Grow<T>(ref T[] items, int count) => Array.Resize(ref items, (int)Math.Min(count, 2L * items.Length));

    /// <summary>How many items of a fixed size an array has; all of them are there.</summary>
    private int FixedCount(int size, string name)
    {
        var count = Length(isString: false, name);
        if (count < 0) throw NullOf(name);
        Within((long)count * size, name);
        return count;
    }

    /// <summary>A length or count that what is left can hold, or -1 for null.</summary>
    private int Length(bool isString, string name)
    {
        int length;
        if (_flexible) length = VarUInt(name) - 1;
        else if (isString) length = BinaryPrimitives.ReadInt16BigEndian(Take(2, name));
        else length = BinaryPrimitives.ReadInt32BigEndian(Take(4, name));
        if (length < -1) throw new MalformedMessageException($"{name}: a length of {length}");
        return length < 0 ? -1 : Within(length, name);
    }

    /// <summary>An unsigned number in groups of seven bits, least significant first; one past 31 bits is none that Kafka writes.</summary>
    private int VarUInt(string name)
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var group = Take(1, name)[0];
            if (shift == 28 && group > 0x07) break;
            value |= (uint)(group & 0x7f) << shift;
            if (group < 0x80) return (int)value;
        }

        throw new MalformedMessageException($"{name}: a number of more than 31 bits");
    }

    private readonly int Within(long size, string name) => size <= Remaining
        ? (int)size
        : throw new MalformedMessageException($"{name}: {size} bytes or items are announced, {Remaining} bytes are left");

    private ReadOnlySpan<byte> Take(int size, string name)
    {
        if (size > Remaining) throw new MalformedMessageException($"{name}: {size} bytes are needed, {Remaining} are left");
        var taken = _bytes.Slice(_position, size);
        _position += size;
        return taken;
    }

    private static MalformedMessageException NullOf(string name) => new($"{name}: null where there must be a value");
}
