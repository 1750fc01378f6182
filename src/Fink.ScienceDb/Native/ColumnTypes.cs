using DuckDB.NET.Native;
using Fink.ScienceDb.Columns;

namespace Fink.ScienceDb.Native;

/// <summary>Reads DuckDB's logical types into our own tree.</summary>
internal static class ColumnTypes
{
    public static ColumnType Read(DuckDBLogicalType type)
    {
        var id = NativeMethods.LogicalType.DuckDBGetTypeId(type);
        switch (id)
        {
            case DuckDBType.List:
                using (var item = NativeMethods.LogicalType.DuckDBListTypeChildType(type))
                {
                    return new ColumnType(ColumnKind.List, [new("item", Read(item))]);
                }

            case DuckDBType.Map:
                using (var key = NativeMethods.LogicalType.DuckDBMapTypeKeyType(type))
                using (var value = NativeMethods.LogicalType.DuckDBMapTypeValueType(type))
                {
                    return new ColumnType(ColumnKind.Map, [new("key", Read(key)), new("value", Read(value))]);
                }

            case DuckDBType.Struct:
                return new ColumnType(ColumnKind.Struct, ReadFields(type));
            case DuckDBType.Decimal:
                return new ColumnType(ColumnKind.Decimal)
                {
                    Precision = NativeMethods.LogicalType.DuckDBDecimalWidth(type),
                    Scale = NativeMethods.LogicalType.DuckDBDecimalScale(type),
                };
            default:
                return Scalar(id) is { } kind
                    ? new ColumnType(kind)
                    : new ColumnType(ColumnKind.Other) { OtherName = id.ToString() };
        }
    }

    private static ColumnField[] ReadFields(DuckDBLogicalType type)
    {
        var fields = new ColumnField[NativeMethods.LogicalType.DuckDBStructTypeChildCount(type)];
        for (var i = 0; i < fields.Length; i++)
        {
            var name = NativeMethods.LogicalType.DuckDBStructTypeChildName(type, i);
            using var child = NativeMethods.LogicalType.DuckDBStructTypeChildType(type, i);
            fields[i] = new ColumnField(name, Read(child));
        }

        return fields;
    }

    private static ColumnKind? Scalar(DuckDBType id) => id switch
    {
        DuckDBType.Boolean => ColumnKind.Boolean,
        DuckDBType.TinyInt => ColumnKind.Int8,
        DuckDBType.SmallInt => ColumnKind.Int16,
        DuckDBType.Integer => ColumnKind.Int32,
        DuckDBType.BigInt => ColumnKind.Int64,
        DuckDBType.UnsignedTinyInt => ColumnKind.UInt8,
        DuckDBType.UnsignedSmallInt => ColumnKind.UInt16,
        DuckDBType.UnsignedInteger => ColumnKind.UInt32,
        DuckDBType.UnsignedBigInt => ColumnKind.UInt64,
        DuckDBType.HugeInt => ColumnKind.HugeInt,
        DuckDBType.Float => ColumnKind.Float,
        DuckDBType.Double => ColumnKind.Double,
        DuckDBType.Varchar => ColumnKind.Text,
        DuckDBType.Blob => ColumnKind.Blob,
        DuckDBType.Uuid => ColumnKind.Uuid,
        DuckDBType.Date => ColumnKind.Date,
        DuckDBType.Time => ColumnKind.Time,
        DuckDBType.Timestamp or DuckDBType.TimestampTz => ColumnKind.TimestampMicros,
        DuckDBType.TimestampS => ColumnKind.TimestampSeconds,
        DuckDBType.TimestampMs => ColumnKind.TimestampMillis,
        DuckDBType.TimestampNs => ColumnKind.TimestampNanos,
        DuckDBType.SqlNull => ColumnKind.Null,
        _ => null,
    };
}
