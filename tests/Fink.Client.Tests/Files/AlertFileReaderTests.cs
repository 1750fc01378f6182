using Avro.File;
using Avro.Generic;
using Fink.Client.Tests.Values;
using Fink.TestSupport;

namespace Fink.Client.Tests.Files;

public sealed class AlertFileReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fink-files-").FullName;

    private string File => Path.Combine(_folder, "some.avro");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("null")]
    [InlineData("deflate")]
    public void Alerts_that_Apache_Avro_wrote_come_back(string codec)
    {
        WriteByApache(Codec.CreateCodecFromString(codec), 1000);

        var alerts = AlertFileReader.Read(File).ToList();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), alerts.Select(alert => alert.AlertId));
        Assert.Equal(new AlertPosition(File, 0, 999), alerts[^1].Position);
        Assert.Equal(17.5f, alerts[500]["candidate"]["magpsf"].AsFloat());
    }

    [Fact]
    public void Real_alerts_are_read_as_Apache_Avro_reads_them()
    {
        foreach (var path in Directory.GetFiles(SharedFolder.Require("data/alerts/ztf"), "*.avro"))
        {
            using var reader = DataFileReader<GenericRecord>.OpenReader(path);
            var expected = reader.NextEntries.ToList();

            var alerts = AlertFileReader.Read(path).ToList();

            Assert.Equal(expected.Count, alerts.Count);
            Assert.All(alerts.Zip(expected), pair => ApacheAvro.AssertSame(pair.Second, pair.First.Record));
        }
    }

    [Fact]
    public void An_alert_that_was_written_comes_back()
    {
        var path = new AlertFileWriter(_folder).Write(Alert(5));

        Assert.Equal(Alert(5).ToJson(), Assert.Single(AlertFileReader.Read(path)).ToJson());
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named_as_it_would_have_been_called()
    {
        var gone = Path.Combine(_folder, "gone");
        var writer = new AlertFileWriter(gone);
        Directory.Delete(gone);

        var told = Assert.Throws<IOException>(() => writer.Write(Alert(5)));

        Assert.Contains(Path.Combine(gone, "ZTF18abc_5.avro"), told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_such_file_or_a_damaged_one_is_named()
    {
        WriteByApache(Codec.CreateCodec(Codec.Type.Null), 3);
        var whole = System.IO.File.ReadAllBytes(File);
        foreach (var bad in (byte[][])[[], "SIMPLE"u8.ToArray(), whole[..50], whole[..^20]])
        {
            System.IO.File.WriteAllBytes(File, bad);

            var told = Assert.Throws<AlertReadException>(() => AlertFileReader.Read(File).Count());

            Assert.Equal(AlertReadFailure.Undecodable, told.Failure);
            Assert.Contains(File, told.Message, StringComparison.Ordinal);
        }
    }

    private static Alert Alert(long candid) =>
        Some.Alert(Some.ZtfSchema, "ZTF18abc", candid, new object?[] { 2459000.25, 2, 17.5f, null, 10.5, -3.25 }, null);

    private void WriteByApache(Codec codec, int count)
    {
        var schema = Alert(0).Schema.Record;
        using var writer = DataFileWriter<GenericRecord>.OpenWriter(new GenericDatumWriter<GenericRecord>(schema), File, codec);
        for (var i = 0; i < count; i++)
        {
            writer.Append(Alert(i).ToGenericRecord());
        }
    }
}
