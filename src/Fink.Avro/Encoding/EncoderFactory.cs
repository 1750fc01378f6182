using Fink.Avro.Schemas;
using Fink.ScienceDb.Columns;

namespace Fink.Avro.Encoding;

/// <summary>The one place that chooses an encoder by type.</summary>
internal static class EncoderFactory
{
    public static ValueEncoder Create(FieldNode field) => field is { Type: RecordNode record, IsNullable: false }
        ? new TopLevelRecordEncoder(Fields(record), SourceIndexes(record))
        : Create(field.Type);

    private static ValueEncoder Create(SchemaNode node) => node switch
    {
        ArrayNode array => new ListEncoder(Create(array.Item)),
        MapNode map => new MapEncoder(Create(map.Value)),
        RecordNode record => new RecordEncoder(Fields(record), SourceIndexes(record)),
        _ => Scalar(node.Source),
    };

    private static ValueEncoder[] Fields(RecordNode record) => [.. record.Fields.Select(Create)];

    private static int[] SourceIndexes(RecordNode record) => [.. record.Fields.Select(field => field.SourceIndex)];

    private static ValueEncoder Scalar(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => new ScalarEncoder<BooleanFormat>(),
        ColumnKind.Int8 => new ScalarEncoder<IntegerFormat<sbyte>>(),
        ColumnKind.Int16 => new ScalarEncoder<IntegerFormat<short>>(),
        ColumnKind.Int32 or ColumnKind.Date or ColumnKind.Null => new ScalarEncoder<IntegerFormat<int>>(),
        ColumnKind.Int64 or ColumnKind.Time => new ScalarEncoder<IntegerFormat<long>>(),
        ColumnKind.UInt8 => new ScalarEncoder<IntegerFormat<byte>>(),
        ColumnKind.UInt16 => new ScalarEncoder<IntegerFormat<ushort>>(),
        ColumnKind.UInt32 => new ScalarEncoder<IntegerFormat<uint>>(),
        ColumnKind.UInt64 => new ScalarEncoder<DecimalFormat<ulong>>(),
        ColumnKind.HugeInt => new ScalarEncoder<DecimalFormat<Int128>>(),
        ColumnKind.Float => new ScalarEncoder<RawFormat<float>>(),
        ColumnKind.Double => new ScalarEncoder<RawFormat<double>>(),
        ColumnKind.Decimal => Decimal(type.Precision),
        ColumnKind.Text or ColumnKind.Blob => new ScalarEncoder<BytesFormat>(),
        ColumnKind.Uuid => new ScalarEncoder<UuidFormat>(),
        ColumnKind.TimestampSeconds => new ScalarEncoder<TimestampFormat<Seconds>>(),
        ColumnKind.TimestampMillis => new ScalarEncoder<TimestampFormat<Milliseconds>>(),
        ColumnKind.TimestampMicros => new ScalarEncoder<TimestampFormat<Microseconds>>(),
        ColumnKind.TimestampNanos => new ScalarEncoder<TimestampFormat<Nanoseconds>>(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "not a scalar"),
    };

    /// <summary>DuckDB stores a decimal in the smallest integer that holds its digits.</summary>
    private static ValueEncoder Decimal(int precision) => precision switch
    {
        <= 4 => new ScalarEncoder<DecimalFormat<short>>(),
        <= 9 => new ScalarEncoder<DecimalFormat<int>>(),
        <= 18 => new ScalarEncoder<DecimalFormat<long>>(),
        _ => new ScalarEncoder<DecimalFormat<Int128>>(),
    };
}
