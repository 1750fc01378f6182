using System.Text.RegularExpressions;
using Fink.ScienceDb.Columns;

namespace Fink.Avro.Schemas;

/// <summary>Derives the Avro schema as Spark does: everything nullable, except the structs at the top level.</summary>
internal sealed partial class SchemaBuilder
{
    private const string Namespace = "topLevelRecord";

    private readonly HashSet<string> _names = [];

    public RecordNode Build(IReadOnlyList<ProjectedField> columns)
    {
        var name = UniqueName("value");
        var fields = columns.Select(column => new FieldNode(
            Legal(column.Name, column.Name), column.SourceIndex, Build(column, column.Name), column.Type.Kind != ColumnKind.Struct));
        return new RecordNode(new ColumnType(ColumnKind.Struct), name, [.. fields]);
    }

    private SchemaNode Build(ProjectedField field, string path) => field.Type.Kind == ColumnKind.Struct
        ? BuildRecord(field.Type, field.Fields, path)
        : Build(field.Type, path);

    private SchemaNode Build(ColumnType type, string path) => type.Kind switch
    {
        ColumnKind.List => new ArrayNode(type, Build(type.Item, path)),
        ColumnKind.Map when type.MapKey.Kind == ColumnKind.Text => new MapNode(type, Build(type.MapValue, path)),
        ColumnKind.Map => throw new AlertSchemaException(
            $"column {path} is a map whose keys are {type.MapKey.Kind}: Avro's maps have text keys; leave it out (drop: [{path}])"),
        ColumnKind.Struct => BuildRecord(type, Whole(type), path),
        ColumnKind.Other => throw new AlertSchemaException(
            $"column {path} has the type {type.OtherName}, which has no place in an alert: leave it out (drop: [{path}])"),
        _ => Scalar(type),
    };

    private RecordNode BuildRecord(ColumnType type, IReadOnlyList<ProjectedField> fields, string path)
    {
        // The name is taken before those of the records inside, so that an outer record keeps the plain one.
        var name = UniqueName(path);
        var nodes = fields.Select(field =>
            new FieldNode(Legal(field.Name, $"{path}.{field.Name}"), field.SourceIndex, Build(field, $"{path}.{field.Name}"), IsNullable: true));
        return new RecordNode(type, name, [.. nodes]);
    }

    private static ProjectedField[] Whole(ColumnType type) =>
    [
        .. type.Children.Select((child, index) => new ProjectedField(
            child.Name, index, child.Type, child.Type.Kind == ColumnKind.Struct ? Whole(child.Type) : [])),
    ];

    /// <summary>UINT64 and HUGEINT do not fit a long: they become decimals, as Spark reads them.</summary>
    private static PrimitiveNode Scalar(ColumnType type) => type.Kind switch
    {
        ColumnKind.Boolean => new(type, "boolean"),
        ColumnKind.Int8 or ColumnKind.Int16 or ColumnKind.Int32 or ColumnKind.UInt8 or ColumnKind.UInt16 => new(type, "int"),
        ColumnKind.Int64 or ColumnKind.UInt32 => new(type, "long"),
        ColumnKind.UInt64 => new(type with { Precision = 20 }, "bytes", "decimal"),
        ColumnKind.HugeInt => new(type with { Precision = 39 }, "bytes", "decimal"),
        ColumnKind.Decimal => new(type, "bytes", "decimal"),
        ColumnKind.Float => new(type, "float"),
        ColumnKind.Double => new(type, "double"),
        ColumnKind.Text or ColumnKind.Uuid => new(type, "string"),
        ColumnKind.Blob => new(type, "bytes"),
        ColumnKind.Date => new(type, "int", "date"),
        ColumnKind.Time => new(type, "long", "time-micros"),
        ColumnKind.TimestampMicros or ColumnKind.TimestampSeconds or ColumnKind.TimestampMillis or ColumnKind.TimestampNanos =>
            new(type, "string"),
        // Spark reads a column of Parquet's null type as integers, all null.
        ColumnKind.Null => new(type, "int"),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "not a scalar"),
    };

    private string UniqueName(string path)
    {
        var name = $"{Namespace}.{path}";
        while (!_names.Add(name))
        {
            name += "_";
        }

        return name;
    }

    private static string Legal(string name, string path) => AvroName().IsMatch(name)
        ? name
        : throw new AlertSchemaException(
            $"column {path} has a name that Avro does not allow (letters, digits, _): leave it out (drop) or rename it when the file is written");

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex AvroName();
}
