using System.Numerics;
using Utf8 = System.Text.Encoding;

namespace Fink.Kafka.Protocol.Encoding;

/// <summary>Counts the bytes that <see cref="FieldWriter"/> would write: for frames and tagged fields, whose length comes first.</summary>
/// <param name="flexible">Whether this version has compact lengths and tagged fields.</param>
public struct FieldSizer(short version, bool flexible) : IFieldVisitor
{
    private readonly bool _flexible = flexible;
    private long _size;

    public short Version { get; } = version;

    /// <exception cref="InvalidOperationException">The message is larger than a frame can be.</exception>
    public readonly int Size => _size <= int.MaxValue
        ? (int)_size
        : throw new InvalidOperationException($"a message of {_size} bytes is larger than a frame can be");

    public void Bool(ref bool value, string name = "") => _size++;

    public void Int8(ref sbyte value, string name = "") => _size++;

    public void Int16(ref short value, string name = "") => _size += 2;

    public void Int32(ref int value, string name = "") => _size += 4;

    public void Int64(ref long value, string name = "") => _size += 8;

    public void Float64(ref double value, string name = "") => _size += 8;

    public void Uuid(ref Guid value, string name = "") => _size += 16;

    public void Error(ref ErrorCode value, string name = "") => _size += 2;

    public void Enum8<T>(ref T value, string name = "")
        where T : unmanaged, Enum
        => _size++;

    public void String(ref string value, string name = "") => Add(value);

    public void NullableString(ref string? value, short nullableFrom = 0, string name = "") => Add(value);

    public void Bytes(ref ReadOnlyMemory<byte> value, string name = "")
    {
        Length(value.Length);
        _size += value.Length;
    }

    public void Records(ref ReadOnlyMemory<byte>? value, string name = "")
    {
        Length(value?.Length ?? -1);
        _size += value?.Length ?? 0;
    }

    public void Records(ref RecordBytes? value, string name = "")
    {
        Length(value?.Length ?? -1);
        _size += value?.Length ?? 0;
    }

    public void Int32s(ref int[] items, string name = "")
    {
        Length(items.Length);
        _size += (long)items.Length * sizeof(int);
    }

    public void Int64s(ref long[] items, string name = "")
    {
        Length(items.Length);
        _size += (long)items.Length * sizeof(long);
    }

    public void Strings(ref string[] items, string name = "") => Add(items);

    public void NullableStrings(ref string[]? items, string name = "") => Add(items);

    public void Struct<T>(ref T value, string name = "")
        where T : struct, IWireStruct
        => value.VisitFields(ref this);

    public void Structs<T>(ref T[] items, string name = "")
        where T : struct, IWireStruct
        => Add(items);

    public void NullableStructs<T>(ref T[]? items, short nullableFrom = 0, string name = "")
        where T : struct, IWireStruct
        => Add(items);

    public void NoTags()
    {
        if (_flexible) _size++;
    }

    public void Tags<T>(ref T owner)
        where T : ITaggedStruct
    {
        if (!_flexible) return;
        var present = owner.PresentTags(Version);
        _size += VarUInt((uint)BitOperations.PopCount(present));
        for (var tag = 0; present >> tag != 0; tag++)
        {
            if ((present >> tag & 1) == 0) continue;
            var before = _size;
            owner.TryVisitTag(tag, ref this);
            _size += VarUInt((uint)tag) + VarUInt((uint)(_size - before));
        }
    }

    private void Add(string? value)
    {
        var size = value is null ? -1 : Utf8.UTF8.GetByteCount(value);
        _size += (_flexible ? VarUInt((uint)(size + 1)) : 2) + Math.Max(size, 0);
    }

    private void Add(string[]? items)
    {
        Length(items?.Length ?? -1);
        foreach (var item in items ?? []) Add(item);
    }

    private void Add<T>(T[]? items)
        where T : struct, IWireStruct
    {
        Length(items?.Length ?? -1);
        foreach (ref var item in items.AsSpan()) item.VisitFields(ref this);
    }

    private void Length(int length) => _size += _flexible ? VarUInt((uint)(length + 1)) : 4;

    private static int VarUInt(uint value) => (BitOperations.Log2(value | 1) / 7) + 1;
}
