using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Fink.ScienceDb.Columns;

/// <summary>
/// One column of a batch, read in place: a validity mask and values in DuckDB's own memory. It is a view: valid until its
/// batch is left, and never copied from.
/// </summary>
public readonly unsafe struct ColumnVector
{
    private readonly nint _vector;
    private readonly void* _data;
    private readonly ulong* _validity;

    internal ColumnVector(nint vector)
    {
        _vector = vector;
        _data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        _validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
    }

    /// <summary>The values, laid out as DuckDB's C interface says for the column's type.</summary>
    public void* Data => _data;

    /// <summary>One bit a row, set where there is a value; null where no row is null.</summary>
    public ulong* Validity => _validity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(long row) => _validity != null && (_validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(long row)
        where T : unmanaged => ((T*)_data)[row];

    /// <summary>The bytes of a text (UTF-8) or blob value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(long row) => ((StringValue*)_data)[row].AsSpan();

    /// <summary>A list's or map's entries: where they begin in the child, and how many there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ListEntry Entry(long row) => ((ListEntry*)_data)[row];

    /// <summary>The items of all lists of the batch; for a map, a struct of key and value.</summary>
    public ColumnVector ListChild() => new(NativeMethods.Vectors.DuckDBListVectorGetChild(_vector));

    public ColumnVector StructChild(int field) => new(NativeMethods.Vectors.DuckDBStructVectorGetChild(_vector, field));
}

/// <summary>DuckDB's <c>duckdb_list_entry</c>: offset and length in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ListEntry(ulong Offset, ulong Length);

/// <summary>DuckDB's <c>duckdb_string_t</c>: up to 12 bytes inside, else a prefix and a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public unsafe struct StringValue
{
    private const uint InlinedLength = 12;

    [FieldOffset(0)]
    private uint _length;

    [FieldOffset(4)]
    private byte _inlined;

    [FieldOffset(8)]
    private byte* _pointer;

    /// <summary>The bytes; a pinned or native value only, for short ones live inside it.</summary>
    [UnscopedRef]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ReadOnlySpan<byte> AsSpan() => _length <= InlinedLength
        ? MemoryMarshal.CreateReadOnlySpan(in _inlined, (int)_length)
        : new ReadOnlySpan<byte>(_pointer, checked((int)_length));
}
