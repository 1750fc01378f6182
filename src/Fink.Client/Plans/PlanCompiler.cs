using System.Globalization;
using Avro;

namespace Fink.Client.Plans;

/// <summary>
/// Compiles a schema. A record that an alert has at most once (it is reached through records and `[record, null]` alone)
/// gets a place for each of its fields; what lies in lists and maps is walked when it is asked for.
/// </summary>
internal sealed class PlanCompiler
{
    // Types may be used many times over: places are for the some hundred fields of an alert, not for what a hostile
    // schema makes of a few names.
    private const int MostPlaces = 4096;

    // Depth of records in records; the cursor counts only what is without places.
    private const int DeepestPlaced = 16;

    // Digits behind the point of a decimal: each of them is written.
    private const int LargestScale = 1000;

    private static readonly PlanNode Boolean = new BooleanNode();
    private static readonly PlanNode Text = new TextNode();
    private static readonly PlanNode Float = new FloatNode();
    private static readonly PlanNode Double = new DoubleNode();

    private readonly Dictionary<string, PlanNode> _walked = new(StringComparer.Ordinal);
    private int _depth;

    private PlanCompiler()
    {
    }

    /// <summary>How many places the fields compiled so far have.</summary>
    public int Places { get; private set; }

    public static (RecordNode Root, int Places) Compile(RecordSchema schema)
    {
        var compiler = new PlanCompiler();
        var root = (RecordNode)compiler.Placed(schema);
        return (root, compiler.Places);
    }

    private PlanNode Placed(Schema schema) => schema switch
    {
        RecordSchema record when _depth < DeepestPlaced && Places + record.Fields.Count <= MostPlaces => PlacedRecord(record),
        UnionSchema { Count: 2 } union when union.Schemas.Any(branch => branch is RecordSchema) && union.Schemas.Any(IsNull) =>
            Union(union, Placed),
        _ => Walked(schema),
    };

    private RecordNode PlacedRecord(RecordSchema schema)
    {
        var node = new RecordNode(schema.Fullname, Places);
        Places += schema.Fields.Count;
        _depth++;
        node.Complete(Names(schema), [.. schema.Fields.Select(field => Placed(field.Schema))]);
        _depth--;
        return node;
    }

    private PlanNode Walked(Schema schema) => schema switch
    {
        PrimitiveSchema primitive => Primitive(primitive.Tag),
        LogicalSchema logical => Logical(logical),
        UnionSchema union => Union(union, Walked),
        ArraySchema array => Blocks(isMap: false, array.ItemSchema),
        MapSchema map => Blocks(isMap: true, map.ValueSchema),
        RecordSchema record => WalkedRecord(record),
        FixedSchema bytes => new BytesNode(AlertValueKind.Bytes, bytes.Size, 0),
        EnumSchema symbols => new EnumNode([.. symbols.Symbols]),
        _ => throw new FormatException($"the schema has a type that Avro has not: {schema.Name}"),
    };

    private PlanNode WalkedRecord(RecordSchema schema)
    {
        if (_walked.TryGetValue(schema.Fullname, out var known))
        {
            return known;
        }

        var node = new RecordNode(schema.Fullname, firstPlace: -1);
        _walked[schema.Fullname] = node;
        node.Complete(Names(schema), [.. schema.Fields.Select(field => Walked(field.Schema))]);
        return node;
    }

    private static UnionNode Union(UnionSchema schema, Func<Schema, PlanNode> compile)
    {
        var node = new UnionNode();
        node.Complete([.. schema.Schemas.Select(compile)]);
        return node;
    }

    private BlocksNode Blocks(bool isMap, Schema item)
    {
        var node = new BlocksNode(isMap);
        node.Complete(Walked(item));
        return node;
    }

    private static PlanNode Primitive(Schema.Type type) => type switch
    {
        Schema.Type.Null => NullNode.Instance,
        Schema.Type.Boolean => Boolean,
        Schema.Type.Int => new IntNode(AlertValueKind.Whole),
        Schema.Type.Long => new LongNode(AlertValueKind.Whole, ticks: 0),
        Schema.Type.Float => Float,
        Schema.Type.Double => Double,
        Schema.Type.Bytes => new BytesNode(AlertValueKind.Bytes, size: null, 0),
        _ => Text,
    };

    /// <summary>What has no meaning here stays what it is written as.</summary>
    private PlanNode Logical(LogicalSchema schema) => schema.LogicalTypeName switch
    {
        "decimal" => new BytesNode(
            AlertValueKind.Exact,
            schema.BaseSchema is FixedSchema bytes ? bytes.Size : null,
            ScaleOf(schema)),
        "date" => new IntNode(AlertValueKind.Time),
        "timestamp-millis" => new LongNode(AlertValueKind.Time, TimeSpan.TicksPerMillisecond),
        "timestamp-micros" => new LongNode(AlertValueKind.Time, TimeSpan.TicksPerMicrosecond),
        _ => Walked(schema.BaseSchema),
    };

    private static int ScaleOf(LogicalSchema schema) => schema.GetProperty("scale") is not { } text ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var scale) && scale <= LargestScale ? scale
        : throw new FormatException($"the schema has a decimal with {text} digits behind its point, and 0 to {LargestScale} are read");

    private static bool IsNull(Schema schema) => schema.Tag == Schema.Type.Null;

    private static string[] Names(RecordSchema schema) => [.. schema.Fields.Select(field => field.Name)];
}
