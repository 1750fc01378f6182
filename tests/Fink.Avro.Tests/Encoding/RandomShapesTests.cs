using System.Globalization;
using System.Text.Json.Nodes;
using Fink.Avro.Tests.Oracles;
using Fink.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Fink.Avro.Tests.Encoding;

/// <summary>A random type of nested lists, maps and structs, with random rows of it: as SQL, and as what must come back.</summary>
public sealed class RandomShapesTests
{
    private const int Deepest = 4;

    [Property(MaxTest = 60, Arbitrary = [typeof(RandomShapesTests)])]
    public void Random_values_of_random_types_come_back(Table table)
    {
        using var files = new ParquetFiles();
        var path = files.Write("x.parquet", $"SELECT v::{table.Type} AS v FROM (VALUES {string.Join(", ", table.Rows.Select((row, i) => $"({i}, {row.Sql}::{table.Type})"))}) t(i, v) ORDER BY i");

        var (schema, values) = Night.Encode(path);
        var rows = Decoded.ByApache(schema, values);

        Assert.Equal(table.Rows.Count, rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            Assert.Null(Json.FirstDifference(table.Rows[i].Expected ?? table.NullAtTop, rows[i]["v"], $"[{i}]"));
        }
    }

    public static Arbitrary<Table> Tables() => Types(Deepest).SelectMany(type =>
        Values(type).ListOf(5).Select(rows => new Table(type, [.. rows]))).ToArbitrary();

    private static Gen<Shape> Types(int depth)
    {
        var scalars = Gen.Elements<Shape>(new Scalar("INTEGER"), new Scalar("BIGINT"), new Scalar("VARCHAR"), new Scalar("DOUBLE"), new Scalar("BOOLEAN"));
        return depth == 0
            ? scalars
            : Gen.Frequency(
                (2, scalars),
                (2, Types(depth - 1).Select(Shape (item) => new List(item))),
                (1, Types(depth - 1).Select(Shape (value) => new Map(value))),
                (2, Gen.Choose(1, 3).SelectMany(count => Types(depth - 1).ListOf(count)).Select(Shape (fields) => new Struct([.. fields]))));
    }

    private static Gen<Value> Values(Shape shape) => Gen.Frequency((1, Gen.Constant(Value.Null)), (4, Present(shape)));

    private static Gen<Value> Present(Shape shape) => shape switch
    {
        List list => Items(list.Item).Select(items => new Value(
            $"[{string.Join(", ", items.Select(item => $"{item.Sql}::{list.Item}"))}]",
            new JsonArray([.. items.Select(item => item.Expected?.DeepClone())]))),
        Map map => Items(map.Item).Select(items => new Value(
            $"MAP {{{string.Join(", ", items.Select((item, i) => $"'k{i}': {item.Sql}::{map.Item}"))}}}",
            new JsonObject(items.Select((item, i) => KeyValuePair.Create($"k{i}", item.Expected?.DeepClone()))))),
        Struct record => Gen.CollectToList(record.Fields.Select(Values)).Select(fields => new Value(
            $"{{{string.Join(", ", fields.Select((field, i) => $"'f{i}': {field.Sql}::{record.Fields[i]}"))}}}",
            new JsonObject(fields.Select((field, i) => KeyValuePair.Create($"f{i}", field.Expected?.DeepClone()))))),
        Scalar { Name: "VARCHAR" } => Gen.Choose(0, 30).Select(length => new Value($"'{new string('x', length)}'", new string('x', length))),
        Scalar { Name: "BOOLEAN" } => Gen.Elements(true, false).Select(flag => new Value(flag ? "true" : "false", flag)),
        Scalar { Name: "DOUBLE" } => ArbMap.Default.GeneratorFor<NormalFloat>().Select(number =>
            // In quotes: a bare literal is a decimal first, and may lose its last digit on the way to a double.
            new Value($"'{number.Get.ToString("R", CultureInfo.InvariantCulture)}'", number.Get)),
        _ => Gen.Choose(int.MinValue, int.MaxValue).Select(number => new Value(number.ToString(CultureInfo.InvariantCulture), number)),
    };

    private static Gen<List<Value>> Items(Shape item) => Gen.Choose(0, 4).SelectMany(count => Values(item).ListOf(count)).Select(items => items.ToList());

    public sealed record Table(Shape Type, IReadOnlyList<Value> Rows)
    {
        /// <summary>A struct at the top level is never null itself.</summary>
        public JsonNode? NullAtTop => Type is Struct record
            ? new JsonObject(record.Fields.Select((_, i) => KeyValuePair.Create<string, JsonNode?>($"f{i}", null)))
            : null;
    }

    public sealed record Value(string Sql, JsonNode? Expected)
    {
        public static Value Null { get; } = new("NULL", null);
    }

    public abstract record Shape;

    public sealed record Scalar(string Name) : Shape
    {
        public override string ToString() => Name;
    }

    public sealed record List(Shape Item) : Shape
    {
        public override string ToString() => $"{Item}[]";
    }

    public sealed record Map(Shape Item) : Shape
    {
        public override string ToString() => $"MAP(VARCHAR, {Item})";
    }

    public sealed record Struct(IReadOnlyList<Shape> Fields) : Shape
    {
        public override string ToString() => $"STRUCT({string.Join(", ", Fields.Select((field, i) => $"f{i} {field}"))})";
    }
}
