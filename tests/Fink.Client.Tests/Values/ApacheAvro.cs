using System.Collections;
using Avro.Generic;

namespace Fink.Client.Tests.Values;

/// <summary>Compares a value with what Apache.Avro's reader made of it, by each way to it that there is.</summary>
internal static class ApacheAvro
{
    public static void AssertSame(object? expected, AlertValue value)
    {
        switch (expected)
        {
            case null:
                Assert.True(value.IsNull);
                break;
            case GenericRecord record:
                Assert.Equal(record.Schema.Fields.Select(field => field.Name), value.Fields.Select(field => field.Name));
                Assert.All(record.Schema.Fields, field => AssertSame(record.GetValue(field.Pos), value[field.Name]));
                Assert.All(value.Fields, field => AssertSame(record[field.Name], field.Value));
                break;
            case IDictionary map:
                Assert.Equal(map.Count, value.Fields.Count());
                Assert.All(value.Fields, entry => AssertSame(map[entry.Name], entry.Value));
                Assert.All(map.Keys.Cast<string>(), name => AssertSame(map[name], value[name]));
                break;
            case byte[] bytes:
                Assert.Equal(bytes, value.AsBytes().ToArray());
                break;
            case GenericFixed bytes:
                Assert.Equal(bytes.Value, value.AsBytes().ToArray());
                break;
            case IList list:
                Assert.Equal(list.Count, value.Items.Count());
                Assert.All(value.Items.Select((item, i) => (item, i)), at => AssertSame(list[at.i], at.item));
                Assert.All(Enumerable.Range(0, list.Count), i => AssertSame(list[i], value[i]));
                break;
            default:
                Assert.Equal(expected is GenericEnum symbol ? symbol.Value : expected, Scalar(expected, value));
                break;
        }
    }

    private static object Scalar(object expected, AlertValue value) => expected switch
    {
        bool => value.AsBoolean(),
        int => value.AsInt(),
        long => value.AsLong(),
        float => value.AsFloat(),
        double => value.AsDouble(),
        _ => value.AsString(),
    };
}
