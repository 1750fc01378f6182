using System.Text;
using Avro;
using Avro.File;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;
using Fink.Client.Decoding;

namespace Fink.Client.Tests.Decoding;

public sealed class AlertDecoderTests : IDisposable
{
    private const string SchemaJson = """
        {"type":"record","name":"topLevelRecord.value","fields":[
         {"name":"objectId","type":["string","null"]},{"name":"candid","type":["long","null"]},
         {"name":"mag","type":["float","null"]},{"name":"stamp","type":["bytes","null"]},
         {"name":"tags","type":[{"type":"map","values":["int","null"]},"null"]},
         {"name":"seen","type":[{"type":"array","items":["double","null"]},"null"]},
         {"name":"price","type":[{"type":"bytes","logicalType":"decimal","precision":6,"scale":2},"null"]}]}
        """;

    private static readonly RecordSchema Schema = (RecordSchema)Avro.Schema.Parse(SchemaJson);
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-alerts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_alert_is_decoded_by_the_schema_in_its_key_and_rendered_without_loss()
    {
        var alert = Decoder().Decode(Message(SchemaJson, Encode("ZTF18abc", 12, float.NaN)));

        Assert.Equal("ZTF18abc", alert.ObjectId);
        Assert.Equal("12", alert.AlertId);
        Assert.Equal(
            """{"objectId":"ZTF18abc","candid":12,"mag":"NaN","stamp":"AQL/","tags":{"a":1,"b":null},"seen":[0.1,"-Infinity",null],"price":12.34}""",
            alert.ToJson());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2.7_3.10.1")]
    public void Without_a_schema_in_the_key_the_one_given_is_used(string? key)
    {
        var value = Encode("ZTF18abc", 12, 1f);

        Assert.Equal("12", Decoder(AlertSchemas.Parse(SchemaJson)).Decode(Message(key, value)).AlertId);
        var told = Assert.Throws<AlertReadException>(() => Decoder().Decode(Message(key, value)));
        Assert.Equal(AlertReadFailure.Undecodable, told.Failure);
    }

    [Fact]
    public void A_message_that_is_cut_off_or_too_long_is_named_by_its_place()
    {
        var value = Encode("ZTF18abc", 12, 1f);
        foreach (var bad in (byte[][])[value[..^3], [.. value, 0], [], [0xFF, 0xFF, 0xFF]])
        {
            var told = Assert.Throws<AlertReadException>(
                () => Decoder().Decode(Message(SchemaJson, bad, ("alertId", "12"))));

            Assert.Equal(AlertReadFailure.Undecodable, told.Failure);
            Assert.StartsWith("Cannot decode fink_sso partition 3 offset 42 (alert 12) from broker:9092: ", told.Message, StringComparison.Ordinal);
            Assert.Equal((new AlertPosition("fink_sso", 3, 42), "12"), (told.Position, told.AlertId));
        }
    }

    [Fact]
    public void A_file_holds_the_one_alert_and_is_never_overwritten_silently()
    {
        var alert = Decoder().Decode(Message(SchemaJson, Encode("ZTF18abc", 12, 1.5f)));
        var writer = new AlertFileWriter(_folder);

        var path = writer.Write(alert);

        Assert.Equal(Path.Combine(_folder, "ZTF18abc_12.avro"), path);
        using (var reader = DataFileReader<GenericRecord>.OpenReader(path))
        {
            var back = Assert.Single(reader.NextEntries);
            Assert.Equal(1.5f, back["mag"]);
        }

        Assert.Throws<AlertFileExistsException>(() => writer.Write(alert));
        Assert.Equal(path, new AlertFileWriter(_folder, overwrite: true).Write(alert));
        Assert.Equal(path, Assert.Single(Directory.GetFileSystemEntries(_folder)));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a\0b")]
    [InlineData("a\\b:c")]
    public void A_hostile_id_stays_in_the_folder(string id)
    {
        var alert = Decoder().Decode(Message(SchemaJson, Encode(id, 12, 1f)));

        var path = new AlertFileWriter(_folder).Write(alert);

        Assert.Equal(_folder, Path.GetDirectoryName(path));
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("beginning")]
    [InlineData("17")]
    [InlineData("@1700000000000")]
    [InlineData("2024-03-01T20:00:00Z")]
    [InlineData("2024-03-01T20:00:00+02:00")]
    [InlineData("2024-03-01")]
    public void A_start_is_understood(string text) => Assert.NotNull(StartPosition.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("@")]
    [InlineData("@99999999999999999")]
    public void What_is_no_start_is_refused(string text) => Assert.Throws<FormatException>(() => StartPosition.Parse(text));

    private static AlertDecoder Decoder(AlertSchemas? schemas = null) => new(schemas ?? AlertSchemas.None, "broker:9092");

    private static byte[] Encode(string objectId, long candid, float mag)
    {
        var record = new GenericRecord(Schema);
        record.Add("objectId", objectId);
        record.Add("candid", candid);
        record.Add("mag", mag);
        record.Add("stamp", new byte[] { 1, 2, 255 });
        record.Add("tags", new Dictionary<string, object?> { ["a"] = 1, ["b"] = null });
        record.Add("seen", new object?[] { 0.1, double.NegativeInfinity, null });
        record.Add("price", new AvroDecimal(12.34m));
        using var stream = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(Schema).Write(record, new BinaryEncoder(stream));
        return stream.ToArray();
    }

    private static ConsumeResult<byte[]?, byte[]?> Message(string? key, byte[] value, params (string, string)[] headers)
    {
        var message = new Message<byte[]?, byte[]?>
        {
            Key = key is null ? null : Encoding.UTF8.GetBytes(key),
            Value = value,
            Headers = [],
        };
        foreach (var (name, text) in headers)
        {
            message.Headers.Add(name, Encoding.UTF8.GetBytes(text));
        }

        return new() { Topic = "fink_sso", Partition = 3, Offset = 42, Message = message };
    }
}
