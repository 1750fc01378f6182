using System.Runtime.CompilerServices;

namespace Fink.Kafka.Protocol.Encoding;

/// <summary>
/// What is done to each field of a message: one implementation reads, one writes, one counts, one prints. Methods are named after
/// Kafka's wire types. A null where the type does not allow one is malformed to the reader and an error of ours to the writer.
/// </summary>
public interface IFieldVisitor
{
    /// <summary>The version of the message that is visited.</summary>
    short Version { get; }

    void Bool(ref bool value, [CallerArgumentExpression(nameof(value))] string name = "");

    void Int8(ref sbyte value, [CallerArgumentExpression(nameof(value))] string name = "");

    void Int16(ref short value, [CallerArgumentExpression(nameof(value))] string name = "");

    void Int32(ref int value, [CallerArgumentExpression(nameof(value))] string name = "");

    void Int64(ref long value, [CallerArgumentExpression(nameof(value))] string name = "");

    void Float64(ref double value, [CallerArgumentExpression(nameof(value))] string name = "");

    /// <summary>Sixteen bytes, most significant first.</summary>
    void Uuid(ref Guid value, [CallerArgumentExpression(nameof(value))] string name = "");

    /// <summary>An int16 on the wire.</summary>
    void Error(ref ErrorCode value, [CallerArgumentExpression(nameof(value))] string name = "");

    /// <summary>An enumeration that is an int8 on the wire. Whether the value is a known one is for the handler to judge.</summary>
    void Enum8<T>(ref T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : unmanaged, Enum;

    void String(ref string value, [CallerArgumentExpression(nameof(value))] string name = "");

    /// <param name="nullableFrom">The first version that allows null, of those that are spoken here.</param>
    void NullableString(ref string? value, short nullableFrom = 0, [CallerArgumentExpression(nameof(value))] string name = "");

    /// <summary>What is read is a slice of the frame, nothing is copied: who keeps it longer than the frame takes a copy.</summary>
    void Bytes(ref ReadOnlyMemory<byte> value, [CallerArgumentExpression(nameof(value))] string name = "");

    /// <summary>Record batches, null allowed. What is read is a slice of the frame, as for <see cref="Bytes"/>.</summary>
    void Records(ref ReadOnlyMemory<byte>? value, [CallerArgumentExpression(nameof(value))] string name = "");

    /// <summary>Record batches that need not be in memory, null allowed. What is read is a slice of the frame.</summary>
    void Records(ref RecordBytes? value, [CallerArgumentExpression(nameof(value))] string name = "");

    void Int32s(ref int[] items, [CallerArgumentExpression(nameof(items))] string name = "");

    void Int64s(ref long[] items, [CallerArgumentExpression(nameof(items))] string name = "");

    void Strings(ref string[] items, [CallerArgumentExpression(nameof(items))] string name = "");

    void NullableStrings(ref string[]? items, [CallerArgumentExpression(nameof(items))] string name = "");

    /// <summary>A structure inside its parent, without a length of its own.</summary>
    void Struct<T>(ref T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, IWireStruct;

    void Structs<T>(ref T[] items, [CallerArgumentExpression(nameof(items))] string name = "")
        where T : struct, IWireStruct;

    /// <inheritdoc cref="NullableString"/>
    void NullableStructs<T>(ref T[]? items, short nullableFrom = 0, [CallerArgumentExpression(nameof(items))] string name = "")
        where T : struct, IWireStruct;

    /// <summary>Ends a structure without tagged fields of its own. Nothing before flexible versions; unknown tags are read past.</summary>
    void NoTags();

    /// <summary>Ends a structure with tagged fields of its own.</summary>
    void Tags<T>(ref T owner)
        where T : ITaggedStruct;
}
