namespace Fink.ScienceDb.Columns;

/// <summary>What a column holds, in DuckDB's terms, reduced to those that Parquet can bring.</summary>
public enum ColumnKind
{
    Boolean,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    HugeInt,
    Float,
    Double,
    Decimal,
    Text,
    Blob,
    Uuid,
    Date,

    /// <summary>Microseconds of the day.</summary>
    Time,

    /// <summary>Microseconds since 1970, UTC (or without a zone).</summary>
    TimestampMicros,
    TimestampSeconds,
    TimestampMillis,
    TimestampNanos,

    /// <summary>A column that the writer typed as null: every value is null.</summary>
    Null,
    List,
    Struct,
    Map,
}

/// <summary>A field of a struct, or a column of the file.</summary>
public sealed record ColumnField(string Name, ColumnType Type);

/// <summary>A column's type, a tree: a list has one child (<c>item</c>), a map two (<c>key</c>, <c>value</c>), a struct its fields.</summary>
public sealed record ColumnType(ColumnKind Kind, IReadOnlyList<ColumnField> Children)
{
    public ColumnType(ColumnKind kind)
        : this(kind, [])
    {
    }

    /// <summary>Decimal digits, for <see cref="ColumnKind.Decimal"/>.</summary>
    public int Precision { get; init; }

    /// <summary>Digits behind the point, for <see cref="ColumnKind.Decimal"/>.</summary>
    public int Scale { get; init; }

    public ColumnType Item => Children[0].Type;

    public ColumnType MapKey => Children[0].Type;

    public ColumnType MapValue => Children[1].Type;
}
