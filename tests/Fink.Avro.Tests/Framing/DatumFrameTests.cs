using Avro.File;
using Avro.Generic;
using Avro.IO;
using Fink.Avro.Encoding;
using Fink.Avro.Framing;
using Fink.TestSupport;

namespace Fink.Avro.Tests.Framing;

/// <summary>What stands around a datum, read back by Apache.Avro: datums of one byte of length and of several, one behind the other.</summary>
public sealed class DatumFrameTests : IDisposable
{
    private readonly ParquetFiles _files = new();
    private readonly AlertSchema _schema;
    private readonly List<byte[]> _datums;

    public DatumFrameTests()
    {
        _files.Write("a.parquet", "SELECT i AS candid, repeat('x', (i * 50000)::INT) AS cutout, {'jd': i / 3} AS candidate FROM range(5) t(i)");
        (_schema, _datums) = Night.Encode(_files.Folder);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_container_file_of_one_alert_is_read_by_Apache_Avro()
    {
        var values = Wrap(DatumFrame.ContainerFile(_schema));

        Assert.All(_datums.Zip(values), pair =>
        {
            using var reader = DataFileReader<GenericRecord>.OpenReader(new MemoryStream(pair.Second));
            Assert.Equal("null", reader.GetMetaString("avro.codec"));
            Assert.Equal(_schema.Json, reader.GetMeta("avro.schema"));
            Assert.True(reader.HasNext());
            Assert.Equal(Decode(pair.First), reader.Next());
            Assert.False(reader.HasNext());
        });
    }

    [Fact]
    public void Confluents_form_is_a_zero_byte_the_schemas_id_and_the_datum() =>
        Assert.Equal(_datums.Select(datum => (byte[])[0, 1, 2, 3, 4, .. datum]), Wrap(DatumFrame.Confluent(0x01020304)));

    [Fact]
    public void Bare_a_datum_is_the_value() => Assert.Equal(_datums, Wrap(DatumFrame.None));

    [Fact]
    public void The_id_of_a_schema_is_positive_and_the_low_end_of_its_fingerprint()
    {
        Assert.True(_schema.RegistryId > 0);
        Assert.Equal(Convert.ToInt32(_schema.FingerprintText[8..], 16) & int.MaxValue, _schema.RegistryId);
    }

    private List<byte[]> Wrap(DatumFrame frame)
    {
        using var buffer = new AvroBuffer();
        var values = new List<(int Start, int End)>();
        foreach (var datum in _datums)
        {
            frame.Open(buffer);
            var start = buffer.Length;
            buffer.Append(datum);
            values.Add((frame.Close(buffer, start), buffer.Length));
        }

        return [.. values.Select(value => buffer.Written[value.Start..value.End].ToArray())];
    }

    private GenericRecord Decode(byte[] datum)
    {
        var schema = global::Avro.Schema.Parse(System.Text.Encoding.UTF8.GetString(_schema.Json));
        return new GenericDatumReader<GenericRecord>(schema, schema).Read(null!, new BinaryDecoder(new MemoryStream(datum)));
    }
}
