using System.Globalization;
using Avro;
using Avro.Generic;
using Avro.IO;
using FsCheck;
using FsCheck.Fluent;

namespace Fink.Client.Tests.Values;

/// <summary>A random record type of everything that Avro has, and a random record of it, as Apache.Avro writes it.</summary>
public sealed record RandomAlert(string Schema, byte[] Datum)
{
    private const int Deepest = 4;

    private static readonly string[] Scalars = ["null", "boolean", "int", "long", "float", "double", "string", "bytes", "fixed", "enum"];

    public static Arbitrary<RandomAlert> Alerts() => Records(Deepest)
        .SelectMany(root => root.Value.Select(value => Write(root.Schema("root"), value)))
        .ToArbitrary();

    public override string ToString() => $"{Schema}\n{Convert.ToHexString(Datum)}";

    private static RandomAlert Write(string json, object? value)
    {
        var schema = Avro.Schema.Parse(json);
        using var stream = new MemoryStream();
        new GenericDatumWriter<object?>(schema).Write(Typed(schema, value), new BinaryEncoder(stream));
        return new RandomAlert(json, stream.ToArray());
    }

    /// <summary>What the generator made is plain; Apache.Avro wants the schema at each record, fixed and symbol.</summary>
    private static object? Typed(Schema schema, object? value)
    {
        switch (schema, value)
        {
            case (RecordSchema record, object?[] fields):
                var made = new GenericRecord(record);
                record.Fields.ForEach(field => made.Add(field.Pos, Typed(field.Schema, fields[field.Pos])));
                return made;
            case (UnionSchema union, Branch chosen):
                return Typed(union[chosen.Index], chosen.Value);
            case (ArraySchema array, object?[] items):
                return items.Select(item => Typed(array.ItemSchema, item)).ToArray();
            case (MapSchema map, object?[] items):
                return items.Select((item, i) => (Name: i.ToString(CultureInfo.InvariantCulture), Item: Typed(map.ValueSchema, item)))
                    .ToDictionary(entry => entry.Name, entry => entry.Item);
            case (FixedSchema bytes, byte[] content):
                return new GenericFixed(bytes, content);
            case (EnumSchema symbols, int symbol):
                return new GenericEnum(symbols, symbols.Symbols[symbol]);
            default:
                return value;
        }
    }

    private static Gen<Shape> Shapes(int depth) => depth == 0
        ? Gen.Elements(Scalars).Select(Scalar)
        : Gen.Frequency(
            (3, Gen.Elements(Scalars).Select(Scalar)),
            (3, Shapes(depth - 1).Where(shape => !shape.IsUnion && !shape.IsNull).Select(Nullable)),
            (1, Gen.Constant(Union([Scalar("string"), Scalar("null"), Scalar("double"), Scalar("long")]))),
            (2, Shapes(depth - 1).Select(Array)),
            (1, Shapes(depth - 1).Select(Map)),
            (3, Records(depth)));

    private static Gen<Shape> Records(int depth) =>
        Gen.Choose(0, 4).SelectMany(count => Shapes(depth - 1).ListOf(count)).Select(fields => Record([.. fields]));

    private static Shape Scalar(string type) => type switch
    {
        "fixed" => new Shape(path => $$"""{"type":"fixed","name":"x{{path}}","size":5}""", Bytes(5).Select(object? (b) => b)),
        "enum" => new Shape(path => $$"""{"type":"enum","name":"e{{path}}","symbols":["A","B","C"]}""", Gen.Choose(0, 2).Select(object? (i) => i)),
        _ => new Shape(_ => $"\"{type}\"", Plain(type)) { IsNull = type == "null" },
    };

    private static Gen<object?> Plain(string type) => type switch
    {
        "boolean" => ArbMap.Default.GeneratorFor<bool>().Select(object? (v) => v),
        "int" => Wide().Select(object? (v) => (int)v),
        "long" => Wide().Select(object? (v) => v),
        "float" => ArbMap.Default.GeneratorFor<float>().Select(object? (v) => v),
        "double" => ArbMap.Default.GeneratorFor<double>().Select(object? (v) => v),
        "string" => ArbMap.Default.GeneratorFor<UnicodeString>().Select(object? (v) => v.Get ?? ""),
        "bytes" => Gen.Choose(0, 200).SelectMany(Bytes).Select(object? (v) => v),
        _ => Gen.Constant<object?>(null),
    };

    /// <summary>Of every number of bytes.</summary>
    private static Gen<long> Wide() =>
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from shift in Gen.Choose(0, 63)
        select (((long)high << 32) | (uint)low) >> shift;

    private static Gen<byte[]> Bytes(int count) => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(count);

    private static Shape Nullable(Shape shape) => Union([shape, Scalar("null")]);

    private static Shape Union(Shape[] branches) => new(
        path => $"[{string.Join(',', branches.Select((branch, i) => branch.Schema($"{path}u{i}")))}]",
        Gen.Choose(0, branches.Length - 1).SelectMany(i => branches[i].Value.Select(object? (value) => new Branch(i, value))))
    { IsUnion = true };

    private static Shape Array(Shape item) => new(path => $$"""{"type":"array","items":{{item.Schema(path + "a")}}}""", Items(item));

    private static Shape Map(Shape item) => new(path => $$"""{"type":"map","values":{{item.Schema(path + "m")}}}""", Items(item));

    private static Gen<object?> Items(Shape item) => Gen.Choose(0, 4).SelectMany(count => item.Value.ArrayOf(count)).Select(object? (items) => items);

    private static Shape Record(Shape[] fields) => new(
        path => $$"""{"type":"record","name":"r{{path}}","fields":[{{string.Join(',', fields.Select((field, i) => $$"""{"name":"f{{i}}","type":{{field.Schema($"{path}_{i}")}}}"""))}}]}""",
        Gen.CollectToArray(fields.Select(field => field.Value)).Select(object? (values) => values));

    private sealed record Branch(int Index, object? Value);

    /// <param name="Schema">From a name that no other type has.</param>
    private sealed record Shape(Func<string, string> Schema, Gen<object?> Value)
    {
        public bool IsUnion { get; init; }

        public bool IsNull { get; init; }
    }
}
