using System.Globalization;
using System.Text;

namespace Fink.Kafka.Protocol.Encoding;

/// <summary>
/// Writes a message as one line for logs: <c>ReplicaId=-1 Topics=[{Name="t" Partitions=[{Index=0}]}]</c>. Of byte fields only the
/// length is shown: passwords and salts travel in them.
/// </summary>
public readonly struct FieldPrinter(short version) : IFieldVisitor
{
    private readonly StringBuilder _text = new();

    public short Version { get; } = version;

    public static string Print<T>(T message, short version)
        where T : class, IWireStruct
    {
        var printer = new FieldPrinter(version);
        message.VisitFields(ref printer);
        return printer.ToString();
    }

    public override string ToString() => _text.ToString();

    public void Bool(ref bool value, string name = "") => Field(name).Append(value ? "true" : "false");

    public void Int8(ref sbyte value, string name = "") => Number(value, name);

    public void Int16(ref short value, string name = "") => Number(value, name);

    public void Int32(ref int value, string name = "") => Number(value, name);

    public void Int64(ref long value, string name = "") => Number(value, name);

    public void Float64(ref double value, string name = "") => Field(name).Append(CultureInfo.InvariantCulture, $"{value:R}");

    public void Uuid(ref Guid value, string name = "") => Field(name).Append(value.ToString());

    public void Error(ref ErrorCode value, string name = "") => Field(name).Append(value.KafkaName());

    public void Enum8<T>(ref T value, string name = "")
        where T : unmanaged, Enum
        => Field(name).Append(value.ToString());

    public void String(ref string value, string name = "") => Quoted(Field(name), value);

    public void NullableString(ref string? value, short nullableFrom = 0, string name = "") => Quoted(Field(name), value);

    public void Bytes(ref ReadOnlyMemory<byte> value, string name = "") => Size(value.Length, name);

    public void Records(ref ReadOnlyMemory<byte>? value, string name = "") => Size(value?.Length ?? -1, name);

    public void Records(ref RecordBytes? value, string name = "") => Size(value?.Length ?? -1, name);

    public void Int32s(ref int[] items, string name = "") => Field(name).Append('[').AppendJoin(' ', items).Append(']');

    public void Int64s(ref long[] items, string name = "") => Field(name).Append('[').AppendJoin(' ', items).Append(']');

    public void Strings(ref string[] items, string name = "") => List(items, name);

    public void NullableStrings(ref string[]? items, string name = "") => List(items, name);

    public void Struct<T>(ref T value, string name = "")
        where T : struct, IWireStruct
    {
        Field(name);
        Braced(ref value);
    }

    public void Structs<T>(ref T[] items, string name = "")
        where T : struct, IWireStruct
        => List(items, name);

    public void NullableStructs<T>(ref T[]? items, short nullableFrom = 0, string name = "")
        where T : struct, IWireStruct
        => List(items, name);

    public void NoTags()
    {
    }

    public void Tags<T>(ref T owner)
        where T : ITaggedStruct
    {
        var present = owner.PresentTags(Version);
        for (var tag = 0; present >> tag != 0; tag++)
        {
            if ((present >> tag & 1) == 0) continue;
            var self = this;
            owner.TryVisitTag(tag, ref self);
        }
    }

    private StringBuilder Field(string name)
    {
        if (_text.Length > 0 && _text[^1] is not ('{' or '[')) _text.Append(' ');
        return _text.Append(name).Append('=');
    }

    private void Number(long value, string name) => Field(name).Append(CultureInfo.InvariantCulture, $"{value}");

    private void Size(int size, string name)
    {
        if (size < 0) Field(name).Append("null");
        else Field(name).Append(CultureInfo.InvariantCulture, $"({size} bytes)");
    }

    private static void Quoted(StringBuilder text, string? value)
    {
        if (value is null) text.Append("null");
        else text.Append('"').Append(System.Text.Json.JsonEncodedText.Encode(value)).Append('"');
    }

    private void List(string[]? items, string name)
    {
        Field(name);
        if (items is null)
        {
            _text.Append("null");
            return;
        }

        _text.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) _text.Append(' ');
            Quoted(_text, items[i]);
        }

        _text.Append(']');
    }

    private void List<T>(T[]? items, string name)
        where T : struct, IWireStruct
    {
        Field(name);
        if (items is null)
        {
            _text.Append("null");
            return;
        }

        _text.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) _text.Append(' ');
            Braced(ref items[i]);
        }

        _text.Append(']');
    }

    private void Braced<T>(ref T value)
        where T : struct, IWireStruct
    {
        _text.Append('{');
        var self = this;
        value.VisitFields(ref self);
        _text.Append('}');
    }
}
