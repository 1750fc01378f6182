using System.Runtime.InteropServices;

namespace Fink.Distribution.Publishing.Native;

/// <summary><c>rd_kafka_vtype_t</c>: what an argument of <c>rd_kafka_produceva</c> is.</summary>
internal enum ArgumentType
{
    TopicHandle = 2,
    Partition = 3,
    Value = 4,
    Key = 5,
    Opaque = 6,
    Header = 9,
}

/// <summary><c>rd_kafka_vu_t</c>: one argument of <c>rd_kafka_produceva</c>, a type and a union of 64 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 72)]
internal unsafe struct Argument
{
    [FieldOffset(0)]
    public ArgumentType Type;

    /// <summary>A handle, the opaque, the start of value or key, or a header's name (UTF-8, ends in 0).</summary>
    [FieldOffset(8)]
    public nint Pointer;

    /// <summary>A partition or flags.</summary>
    [FieldOffset(8)]
    public int Number;

    /// <summary>The length of a value or key.</summary>
    [FieldOffset(16)]
    public nint Size;

    [FieldOffset(16)]
    public void* HeaderValue;

    [FieldOffset(24)]
    public nint HeaderSize;
}
