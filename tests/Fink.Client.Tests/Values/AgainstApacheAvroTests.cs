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

        ApacheAvro.AssertSame(alert.ToGenericRecord(), alert.Record);
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
}
