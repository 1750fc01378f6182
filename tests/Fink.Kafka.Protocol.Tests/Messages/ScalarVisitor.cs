using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Tests.Messages;

/// <summary>Walks a whole message and hands each scalar, in wire order, to <typeparamref name="TScalars"/>.</summary>
internal readonly struct ScalarVisitor<TScalars>(short version, TScalars scalars) : IFieldVisitor
    where TScalars : IScalars
{
    public short Version { get; } = version;

    public void Bool(ref bool value, string name = "") => scalars.Next(ref value, name);

    public void Int8(ref sbyte value, string name = "") => scalars.Next(ref value, name);

    public void Int16(ref short value, string name = "") => scalars.Next(ref value, name);

    public void Int32(ref int value, string name = "") => scalars.Next(ref value, name);

    public void Int64(ref long value, string name = "") => scalars.Next(ref value, name);

    public void Float64(ref double value, string name = "") => scalars.Next(ref value, name);

    public void Uuid(ref Guid value, string name = "") => scalars.Next(ref value, name);

    public void Error(ref ErrorCode value, string name = "")
    {
        var number = (short)value;
        scalars.Next(ref number, name);
        value = (ErrorCode)number;
    }

    public void Enum8<T>(ref T value, string name = "")
        where T : unmanaged, Enum
    {
        var number = Convert.ToSByte(value, null);
        scalars.Next(ref number, name);
        value = (T)Enum.ToObject(typeof(T), number);
    }

    public void String(ref string value, string name = "")
    {
        string? text = value;
        scalars.Next(ref text, name, nullable: false);
        value = text!;
    }

    public void NullableString(ref string? value, short nullableFrom = 0, string name = "") =>
        scalars.Next(ref value, name, nullable: Version >= nullableFrom);

    public void Bytes(ref ReadOnlyMemory<byte> value, string name = "")
    {
        ReadOnlyMemory<byte>? bytes = value;
        scalars.Next(ref bytes, name, nullable: false);
        value = bytes!.Value;
    }

    public void Records(ref ReadOnlyMemory<byte>? value, string name = "") => scalars.Next(ref value, name, nullable: true);

    public void Records(ref RecordBytes? value, string name = "")
    {
        ReadOnlyMemory<byte>? bytes = value?.ToArray();
        scalars.Next(ref bytes, name, nullable: true);
        value = bytes is { } next ? RecordBytes.Of(next) : null;
    }

    public void Int32s(ref int[] items, string name = "")
    {
        scalars.Array(ref items!, name, nullable: false);
        foreach (ref var item in items.AsSpan()) Int32(ref item, name);
    }

    public void Int64s(ref long[] items, string name = "")
    {
        scalars.Array(ref items!, name, nullable: false);
        foreach (ref var item in items.AsSpan()) Int64(ref item, name);
    }

    public void Strings(ref string[] items, string name = "")
    {
        scalars.Array(ref items!, name, nullable: false);
        foreach (ref var item in items.AsSpan()) String(ref item, name);
    }

    public void NullableStrings(ref string[]? items, string name = "")
    {
        scalars.Array(ref items, name, nullable: true);
        foreach (ref var item in items.AsSpan()) String(ref item, name);
    }

    public void Struct<T>(ref T value, string name = "")
        where T : struct, IWireStruct
    {
        var self = this;
        value.VisitFields(ref self);
    }

    public void Structs<T>(ref T[] items, string name = "")
        where T : struct, IWireStruct
    {
        scalars.Array(ref items!, name, nullable: false);
        Items(items);
    }

    public void NullableStructs<T>(ref T[]? items, short nullableFrom = 0, string name = "")
        where T : struct, IWireStruct
    {
        scalars.Array(ref items, name, nullable: Version >= nullableFrom);
        Items(items);
    }

    public void NoTags()
    {
    }

    public void Tags<T>(ref T owner)
        where T : ITaggedStruct
    {
        var self = this;
        for (var tag = 0; tag < 32; tag++)
        {
            if (scalars.WantsTag(owner.PresentTags(Version), tag)) owner.TryVisitTag(tag, ref self);
        }
    }

    private void Items<T>(T[]? items)
        where T : struct, IWireStruct
    {
        var self = this;
        foreach (ref var item in items.AsSpan())
        {
            if (scalars.IsFilling) item = new T();
            item.VisitFields(ref self);
        }
    }
}

/// <summary>Looks at scalars, or fills them in.</summary>
internal interface IScalars
{
    /// <summary>Whether arrays are new, and their items yet to be made.</summary>
    bool IsFilling { get; }

    void Next(ref bool value, string name);

    void Next(ref sbyte value, string name);

    void Next(ref short value, string name);

    void Next(ref int value, string name);

    void Next(ref long value, string name);

    void Next(ref double value, string name);

    void Next(ref Guid value, string name);

    void Next(ref string? value, string name, bool nullable);

    void Next(ref ReadOnlyMemory<byte>? value, string name, bool nullable);

    void Array<T>(ref T[]? items, string name, bool nullable);

    bool WantsTag(uint present, int tag);
}
