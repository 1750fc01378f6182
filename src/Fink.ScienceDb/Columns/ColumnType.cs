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

    /// <summary>A type that alerts have no use for (an interval, a union, a geometry): such a column can only be left out.</summary>
    Other,
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

    /// <summary>What DuckDB calls the type, for <see cref="ColumnKind.Other"/>.</summary>
    public string? OtherName { get; init; }

    public ColumnType Item => Children[0].Type;

    public ColumnType MapKey => Children[0].Type;

    public ColumnType MapValue => Children[1].Type;

    /// <summary>Equal trees: values of one lie in memory as those of the other.</summary>
    public bool Equals(ColumnType? other) =>
        other is not null
        && (Kind, Precision, Scale, OtherName) == (other.Kind, other.Precision, other.Scale, other.OtherName)
        && Children.SequenceEqual(other.Children);

    public override int GetHashCode() => HashCode.Combine(Kind, Children.Count, Precision, Scale);
}
