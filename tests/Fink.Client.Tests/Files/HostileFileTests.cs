using System.Text;
using Avro;
using Avro.File;
using Avro.Generic;

namespace Fink.Client.Tests.Files;

public sealed class HostileFileTests : IDisposable
{
    private const string SchemaJson = """{"type":"record","name":"alert","fields":[{"name":"objectId","type":"string"},{"name":"candid","type":"long"}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("fink-files-").FullName;

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_refused_by_name_or_ends_between_two_blocks()
    {
        var whole = File.ReadAllBytes(Write(3));
        for (var length = 0; length < whole.Length; length++)
        {
            var path = Path.Combine(_folder, "cut.avro");
            File.WriteAllBytes(path, whole[..length]);
            try
            {
                Assert.Empty(AlertFileReader.Read(path));
            }
            catch (AlertReadException error)
            {
                Assert.Equal(AlertReadFailure.Undecodable, error.Failure);
                Assert.Contains(path, error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Counts_lengths_and_codecs_of_somebody_hostile_are_refused()
    {
        var header = Header("null");

        Assert.Contains("announces", Refused([.. header, .. Long(long.MaxValue / 2), .. Long(1), 0, .. Sync]), StringComparison.Ordinal);
        Assert.Contains("cut off", Refused([.. header, .. Long(1), .. Long(int.MaxValue), 0, .. Sync]), StringComparison.Ordinal);
        Assert.Contains("cut off", Refused([.. header, .. Long(1), .. Long(-5), 0, .. Sync]), StringComparison.Ordinal);
        Assert.Contains("does not end as", Refused([.. header, .. Long(1), .. Long(2), 0, 0, .. new byte[16]]), StringComparison.Ordinal);
        Assert.Contains("ends in the middle of a field", Refused([.. header, .. Long(1), .. Long(2), 80, 0, .. Sync]), StringComparison.Ordinal);
        Assert.Contains("no number where one belongs", Refused([.. "Obj\u0001"u8, .. Long(long.MinValue), .. Long(0)]), StringComparison.Ordinal);
        Assert.Contains("null and deflate are read", Refused(Header("snappy")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_that_unpacks_to_gigabytes_is_not_unpacked()
    {
        using var packed = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 300; i++)
            {
                deflate.Write(zeros);
            }
        }

        Assert.Contains("unpacks to more than", Refused([.. Header("deflate"), .. Long(1), .. Long(packed.Length), .. packed.ToArray(), .. Sync]), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Sync { get; } = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    private static byte[] Header(string codec) =>
    [
        .. "Obj\u0001"u8, .. Long(2), .. Text("avro.codec"), .. Text(codec), .. Text("avro.schema"), .. Text(SchemaJson), .. Long(0), .. Sync,
    ];

    private static byte[] Text(string text) => [.. Long(text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Long(long value)
    {
        var bytes = new List<byte>();
        var bits = (ulong)((value << 1) ^ (value >> 63));
        for (; bits >= 0x80; bits >>= 7)
        {
            bytes.Add((byte)(bits | 0x80));
        }

        return [.. bytes, (byte)bits];
    }

    private string Refused(byte[] bytes)
    {
        var path = Path.Combine(_folder, "hostile.avro");
        File.WriteAllBytes(path, bytes);
        return Assert.Throws<AlertReadException>(() => AlertFileReader.Read(path).ToList()).Message;
    }

    private string Write(int alerts)
    {
        var schema = (RecordSchema)Schema.Parse(SchemaJson);
        var path = Path.Combine(_folder, "whole.avro");
        using var writer = DataFileWriter<GenericRecord>.OpenWriter(new GenericDatumWriter<GenericRecord>(schema), path);
        for (var i = 0; i < alerts; i++)
        {
            var record = new GenericRecord(schema);
            record.Add("objectId", $"ZTF{i}");
            record.Add("candid", (long)i);
            writer.Append(record);
        }

        return path;
    }
}
