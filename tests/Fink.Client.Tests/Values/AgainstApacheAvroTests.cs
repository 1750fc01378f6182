using System.Collections;
using Avro.Generic;
using Fink.Client.Plans;
using FsCheck.Xunit;

namespace Fink.Client.Tests.Values;

/// <summary>What is read lazily is what Apache.Avro's reader makes of the same bytes.</summary>
public sealed class AgainstApacheAvroTests
{
    private static readonly AlertPosition Place = new("fink_sso", 0, 0);

    [Property(MaxTest = 300, Arbitrary = [typeof(RandomAlert)])]
    public void Any_value_of_any_schema_is_the_same(RandomAlert random)
    {
        var alert = new Alert(Place, AlertSchema.Parse(random.Schema), random.Datum);

        AssertSame(alert.ToGenericRecord(), alert.Record);
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(RandomAlert)])]
    public void A_datum_that_is_cut_off_or_too_long_is_refused(RandomAlert random)
    {
        var schema = AlertSchema.Parse(random.Schema);

        for (var length = 0; length < random.Datum.Length; length++)
        {
            Assert.Throws<CorruptDatumException>(() => new Alert(Place, schema, random.Datum.AsMemory(0, length)));
        }

        Assert.Throws<CorruptDatumException>(() => new Alert(Place, schema, (byte[])[.. random.Datum, 0]));
    }

    [Property(MaxTest = 100, Arbitrary = [typeof(RandomAlert)])]
    public void A_damaged_datum_is_refused_or_can_be_read_to_its_end(RandomAlert random)
    {
        var schema = AlertSchema.Parse(random.Schema);
        for (var at = 0; at < random.Datum.Length; at++)
        {
            foreach (var damage in (byte[])[0x01, 0x80, 0xFF])
            {
                var bytes = (byte[])random.Datum.Clone();
                bytes[at] ^= damage;
                if (TryRead(schema, bytes) is { } alert)
                {
                    Assert.NotEmpty(alert.ToJson());
                }
            }
        }
    }

    private static Alert? TryRead(AlertSchema schema, byte[] datum)
    {
        try
        {
            return new Alert(Place, schema, datum);
        }
        catch (CorruptDatumException)
        {
            return null;
        }
    }

    private static void AssertSame(object? expected, AlertValue value)
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
