using System.Text;
using Avro;
using Avro.File;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using Fink.Client.Decoding;

namespace Fink.Client.Tests;

/// <summary>Each form of a value, written by Apache.Avro and by hand; what is not of the form is told, never a wrong alert.</summary>
public sealed class WireReaderTests : IDisposable
{
    private const string SchemaJson = """{"type":"record","name":"r","fields":[{"name":"objectId","type":["string","null"]},{"name":"candid","type":"long"}]}""";
    private const string Smaller = """{"type":"record","name":"r","fields":[{"name":"objectId","type":["string","null"]}]}""";

    private static readonly RecordSchema Schema = (RecordSchema)Avro.Schema.Parse(SchemaJson);
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-wire-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_header_says_what_stands_around_the_datum_and_without_one_nothing_does()
    {
        Assert.Equal("ZTF1", Read(null, Datum(), SchemaJson).ObjectId);
        Assert.Equal("ZTF1", Read("bare", Datum(), SchemaJson).ObjectId);
        Assert.Equal("ZTF1", Read("confluent", Prefixed(9), SchemaJson).ObjectId);
        Assert.Equal("ZTF1", Read("ocf", Container(Codec.Type.Null), null).ObjectId);
    }

    [Fact]
    public void What_a_reader_is_told_wins_over_the_header() =>
        Assert.Equal("ZTF1", Read("ocf", Prefixed(9), SchemaJson, wire: WireForm.Confluent).ObjectId);

    [Fact]
    public void A_schema_s_id_finds_its_file_in_the_folder_given_or_beside_the_file_given_whatever_the_key()
    {
        var others = Path.Combine(_folder, "alert.avsc");
        File.WriteAllText(others, Smaller);
        File.WriteAllText(Path.Combine(_folder, "schema-7.avsc"), SchemaJson);

        foreach (var given in new[] { _folder, others })
        {
            Assert.Equal("12", Read("confluent", Prefixed(7), null, AlertSchemas.Load(given)).AlertId);
            Assert.Equal("12", Read("confluent", Prefixed(7), Smaller, AlertSchemas.Load(given)).AlertId);
        }
    }

    [Fact]
    public void A_value_that_is_not_of_its_form_is_told_with_the_reason()
    {
        var file = Container(Codec.Type.Null);
        foreach (var (wire, value, reason) in new[]
        {
            ("confluent", Prefixed(9), "by the id 9, so that the schema must be given"),
            ("confluent", [0, 0, 0, 9], "does not begin with a zero byte"),
            ("confluent", [1, 0, 0, 0, 9, .. Datum()], "does not begin with a zero byte"),
            ("ocf", Datum(), "no Avro container file"),
            ("ocf", Container(Codec.Type.Deflate), "compressed (deflate)"),
            ("ocf", Container(Codec.Type.Null, alerts: 2), "does not hold one alert"),
            ("ocf", file[..^1], "ends in the middle"),
            ("ocf", [.. file, 0], "does not end behind its one alert"),
            ("ocf", [.. file[..^1], (byte)~file[^1]], "does not end behind its one alert"),
            ("avro", Datum(), "none of bare, confluent and ocf"),
        })
        {
            var told = Assert.Throws<AlertReadException>(() => Read(wire, value, null));
            Assert.Equal(AlertReadFailure.Undecodable, told.Failure);
            Assert.Contains(reason, told.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_container_file_that_is_cut_off_anywhere_is_told()
    {
        var file = Container(Codec.Type.Null);

        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<AlertReadException>(() => Read("ocf", file[..length], null));
        }
    }

    private static Alert Read(string? header, byte[] value, string? key, AlertSchemas? given = null, WireForm? wire = null)
    {
        var message = new Message<byte[]?, byte[]?> { Key = key is null ? null : Encoding.UTF8.GetBytes(key), Value = value, Headers = [] };
        if (header is not null)
        {
            message.Headers.Add("wire", Encoding.UTF8.GetBytes(header));
        }

        return new AlertDecoder(given ?? AlertSchemas.None, "broker:9092", wire).Decode(new() { Topic = "fink_sso", Message = message });
    }

    private static GenericRecord Record()
    {
        var record = new GenericRecord(Schema);
        record.Add("objectId", "ZTF1");
        record.Add("candid", 12L);
        return record;
    }

    private static byte[] Datum()
    {
        using var stream = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(Schema).Write(Record(), new BinaryEncoder(stream));
        return stream.ToArray();
    }

    private static byte[] Prefixed(byte id) => [0, 0, 0, 0, id, .. Datum()];

    private static byte[] Container(Codec.Type codec, int alerts = 1)
    {
        var stream = new MemoryStream();
        using (var writer = DataFileWriter<GenericRecord>.OpenWriter(new GenericDatumWriter<GenericRecord>(Schema), stream, Codec.CreateCodec(codec)))
        {
            for (var i = 0; i < alerts; i++)
            {
                writer.Append(Record());
            }
        }

        return stream.ToArray();
    }
}
