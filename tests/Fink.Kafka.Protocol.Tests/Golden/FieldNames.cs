using System.Text;
using Fink.Kafka.Protocol.Encoding;

namespace Fink.Kafka.Protocol.Tests.Golden;

/// <summary>
/// The names of a filled message's fields in wire order, as GoldenMessages.java writes them from Kafka's own schema: snake case,
/// <c>[…]</c> an array, <c>{…}</c> a structure, <c>#n</c> a tagged field.
/// </summary>
internal readonly struct FieldNames(short version) : IFieldVisitor
{
    private readonly StringBuilder _text = new();

    public short Version { get; } = version;

    public override string ToString() => _text.ToString();

    public void Bool(ref bool value, string name = "") => Add(name);

    public void Int8(ref sbyte value, string name = "") => Add(name);

    public void Int16(ref short value, string name = "") => Add(name);

    public void Int32(ref int value, string name = "") => Add(name);

    public void Int64(ref long value, string name = "") => Add(name);

    public void Float64(ref double value, string name = "") => Add(name);

    public void Uuid(ref Guid value, string name = "") => Add(name);

    public void Error(ref ErrorCode value, string name = "") => Add(name);

    public void Enum8<T>(ref T value, string name = "")
        where T : unmanaged, Enum
        => Add(name);

    public void String(ref string value, string name = "") => Add(name);

    public void NullableString(ref string? value, short nullableFrom = 0, string name = "") => Add(name);

    public void Bytes(ref ReadOnlyMemory<byte> value, string name = "") => Add(name);

    public void Records(ref ReadOnlyMemory<byte>? value, string name = "") => Add(name);

    public void Records(ref RecordBytes? value, string name = "") => Add(name);

    public void Int32s(ref int[] items, string name = "") => Add(name).Append("[]");

    public void Int64s(ref long[] items, string name = "") => Add(name).Append("[]");

    public void Strings(ref string[] items, string name = "") => Add(name).Append("[]");

    public void NullableStrings(ref string[]? items, string name = "") => Add(name).Append("[]");

    public void Struct<T>(ref T value, string name = "")
        where T : struct, IWireStruct
        => Nested(ref value, name, '{', '}');

    public void Structs<T>(ref T[] items, string name = "")
        where T : struct, IWireStruct
        => Nested(ref items[0], name, '[', ']');

    public void NullableStructs<T>(ref T[]? items, short nullableFrom = 0, string name = "")
        where T : struct, IWireStruct
        => Nested(ref items![0], name, '[', ']');

    public void NoTags()
    {
    }

    public void Tags<T>(ref T owner)
        where T : ITaggedStruct
    {
        var self = this;
        var present = owner.PresentTags(Version);
        for (var tag = 0; present >> tag != 0; tag++)
        {
            if ((present >> tag & 1) == 1 && owner.TryVisitTag(tag, ref self)) _text.Append('#').Append(tag);
        }
    }

    private StringBuilder Add(string name)
    {
        if (_text.Length > 0 && _text[^1] is not ('[' or '{')) _text.Append(' ');
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && i > 0) _text.Append('_');
            _text.Append(char.ToLowerInvariant(name[i]));
        }

        return _text;
    }

    private void Nested<T>(ref T value, string name, char open, char close)
        where T : struct, IWireStruct
    {
        Add(name).Append(open);
        var self = this;
        value.VisitFields(ref self);
        _text.Append(close);
    }
}
