using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Utf8 = System.Text.Encoding;

namespace Fink.Kafka.Protocol.Encoding;

/// <summary>
/// Writes fields. What the wire cannot say (a null where none may be, a string of more than 32767 bytes) is an
/// <see cref="InvalidOperationException"/>: a mistake of the program, not of the peer. <see cref="Complete"/> ends it.
/// </summary>
/// <param name="flexible">Whether this version has compact lengths and tagged fields.</param>
public ref struct FieldWriter(IBufferWriter<byte> output, short version, bool flexible) : IFieldVisitor
{
    private readonly IBufferWriter<byte> _output = output;
    private readonly bool _flexible = flexible;
    private Span<byte> _free;
    private int _written;

    public short Version { get; } = version;

    /// <summary>Hands what was written to the output.</summary>
    public void Complete()
    {
        if (_written > 0) _output.Advance(_written);
        _free = default;
        _written = 0;
    }

    public void Bool(ref bool value, string name = "") => Next(1)[0] = value ? (byte)1 : (byte)0;

    public void Int8(ref sbyte value, string name = "") => Next(1)[0] = (byte)value;

    public void Int16(ref short value, string name = "") => BinaryPrimitives.WriteInt16BigEndian(Next(2), value);

    public void Int32(ref int value, string name = "") => BinaryPrimitives.WriteInt32BigEndian(Next(4), value);

    public void Int64(ref long value, string name = "") => BinaryPrimitives.WriteInt64BigEndian(Next(8), value);

    public void Float64(ref double value, string name = "") => BinaryPrimitives.WriteDoubleBigEndian(Next(8), value);

    public void Uuid(ref Guid value, string name = "") => value.TryWriteBytes(Next(16), bigEndian: true, out _);

    public void Error(ref ErrorCode value, string name = "") => BinaryPrimitives.WriteInt16BigEndian(Next(2), (short)value);

    public void Enum8<T>(ref T value, string name = "")
        where T : unmanaged, Enum
        => Next(1)[0] = Unsafe.BitCast<T, byte>(value);

    public void String(ref string value, string name = "") => WriteString(value ?? throw NullOf(name), name);

    public void NullableString(ref string? value, short nullableFrom = 0, string name = "") =>
        WriteString(value ?? (Version >= nullableFrom ? null : throw NullOf(name)), name);

    public void Bytes(ref ReadOnlyMemory<byte> value, string name = "")
    {
        Length(value.Length);
        Append(value.Span);
    }

    public void Records(ref ReadOnlyMemory<byte>? value, string name = "")
    {
        Length(value?.Length ?? -1);
        if (value is { } records) Append(records.Span);
    }

    public void Records(ref RecordBytes? value, string name = "")
    {
        Length(value?.Length ?? -1);
        if (value is not { Length: > 0 }) return;

        if (_output is IFrameOutput frame)
        {
            Complete();
            frame.Append(value);
            return;
        }

        for (var done = 0; done < value.Length;)
        {
            if (_free.IsEmpty) Refill(1);
            var part = Next(Math.Min(value.Length - done, _free.Length));
            value.CopyTo(done, part);
            done += part.Length;
        }
    }

    public void Int32s(ref int[] items, string name = "")
    {
        Length((items ?? throw NullOf(name)).Length);
        foreach (ref var item in items.AsSpan()) Int32(ref item, name);
    }

    public void Int64s(ref long[] items, string name = "")
    {
        Length((items ?? throw NullOf(name)).Length);
        foreach (ref var item in items.AsSpan()) Int64(ref item, name);
    }

    public void Strings(ref string[] items, string name = "") => WriteStrings(items ?? throw NullOf(name), name);

    public void NullableStrings(ref string[]? items, string name = "") => WriteStrings(items, name);

    public void Struct<T>(ref T value, string name = "")
        where T : struct, IWireStruct
        => value.VisitFields(ref this);

    public void Structs<T>(ref T[] items, string name = "")
        where T : struct, IWireStruct
        => WriteStructs(items ?? throw NullOf(name));

    public void NullableStructs<T>(ref T[]? items, short nullableFrom = 0, string name = "")
        where T : struct, IWireStruct
        => WriteStructs(items ?? (Version >= nullableFrom ? null : throw NullOf(name)));

    public void NoTags()
    {
        if (_flexible) Next(1)[0] = 0;
    }

    public void Tags<T>(ref T owner)
        where T : ITaggedStruct
    {
        if (!_flexible) return;
        var present = owner.PresentTags(Version);
        VarUInt((uint)System.Numerics.BitOperations.PopCount(present));
        for (var tag = 0; present >> tag != 0; tag++)
        {
            if ((present >> tag & 1) == 0) continue;
            var sizer = new FieldSizer(Version, flexible: true);
            owner.TryVisitTag(tag, ref sizer);
            VarUInt((uint)tag);
            VarUInt((uint)sizer.Size);
            owner.TryVisitTag(tag, ref this);
        }
    }

    private void WriteString(string? value, string name)
    {
        var size = value is null ? -1 : Utf8.UTF8.GetByteCount(value);
        if (size > short.MaxValue) throw new InvalidOperationException($"{name}: a string of {size} bytes is longer than Kafka's wire can say");
        if (_flexible) VarUInt((uint)(size + 1));
        else BinaryPrimitives.WriteInt16BigEndian(Next(2), (short)size);
        if (size > 0) Utf8.UTF8.GetBytes(value, Next(size));
    }

    private void WriteStrings(string[]? items, string name)
    {
        Length(items?.Length ?? -1);
        foreach (var item in items ?? []) WriteString(item ?? throw NullOf(name), name);
    }

    private void WriteStructs<T>(T[]? items)
        where T : struct, IWireStruct
    {
        Length(items?.Length ?? -1);
        foreach (ref var item in items.AsSpan()) item.VisitFields(ref this);
    }

    private void Length(int length)
    {
        if (_flexible) VarUInt((uint)(length + 1));
        else BinaryPrimitives.WriteInt32BigEndian(Next(4), length);
    }

    private void VarUInt(uint value)
    {
        for (; value >= 0x80; value >>= 7) Next(1)[0] = (byte)(value | 0x80);
        Next(1)[0] = (byte)value;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_free.IsEmpty) Refill(1);
            var part = Math.Min(bytes.Length, _free.Length);
            bytes[..part].CopyTo(Next(part));
            bytes = bytes[part..];
        }
    }

    private Span<byte> Next(int size)
    {
        if (_free.Length < size) Refill(size);
        var next = _free[..size];
        _free = _free[size..];
        _written += size;
        return next;
    }

    private void Refill(int size)
    {
        Complete();
        _free = _output.GetSpan(size);
    }

    private static InvalidOperationException NullOf(string name) => new($"{name}: null where the wire has no null");
}
