using System.IO.Compression;
using System.Text;
using Fink.Client.Plans;

namespace Fink.Client.Files;

/// <summary>So many data, one behind the other.</summary>
internal sealed record ContainerBlock(long Count, byte[] Data);

/// <summary>Walks an Avro container file block by block.</summary>
internal sealed class ContainerReader
{
    // What a length in a file may claim before it is believed; a block of alerts is some megabytes at most.
    private const int LargestBlock = 256 << 20;

    private readonly Stream _file;
    private readonly bool _isDeflated;
    private readonly byte[] _sync;

    private ContainerReader(Stream file, AlertSchema schema, bool isDeflated, byte[] sync)
    {
        _file = file;
        Schema = schema;
        _isDeflated = isDeflated;
        _sync = sync;
    }

    public AlertSchema Schema { get; }

    /// <exception cref="FormatException">It is no container, or has no schema or another codec.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static ContainerReader Open(Stream file)
    {
        if (!Take(file, ContainerFormat.Magic.Length).AsSpan().SequenceEqual(ContainerFormat.Magic))
        {
            throw new FormatException("it is no Avro container file");
        }

        string? schema = null;
        var codec = "null";
        for (var count = ReadCount(file); count > 0; count = ReadCount(file))
        {
            for (; count > 0; count--)
            {
                var name = TakeBytes(file).AsSpan();
                var value = Encoding.UTF8.GetString(TakeBytes(file));
                schema = name.SequenceEqual(ContainerFormat.SchemaName) ? value : schema;
                codec = name.SequenceEqual(ContainerFormat.CodecName) ? value : codec;
            }
        }

        var sync = Take(file, ContainerFormat.SyncSize);
        return codec is "null" or "deflate"
            ? new ContainerReader(file, AlertSchema.Parse(schema ?? throw new FormatException("it has no schema")), codec == "deflate", sync)
            : throw new FormatException($"its codec is {codec}; null and deflate are read");
    }

    /// <summary>Null at the end.</summary>
    public ContainerBlock? NextBlock()
    {
        if (_file.Position == _file.Length)
        {
            return null;
        }

        var count = ReadLong(_file);
        var packed = TakeBytes(_file);
        if (!Take(_file, ContainerFormat.SyncSize).AsSpan().SequenceEqual(_sync))
        {
            throw new FormatException($"the block that ends at byte {_file.Position} does not end as the file's header says");
        }

        var data = _isDeflated ? Inflated(packed) : packed;
        // No alert is of no bytes at all.
        return count >= 0 && count <= data.Length
            ? new ContainerBlock(count, data)
            : throw new FormatException($"a block of {data.Length} bytes announces {count} alerts");
    }

    private static byte[] Inflated(byte[] data)
    {
        using var inflated = new MemoryStream();
        using var deflate = new DeflateStream(new MemoryStream(data), CompressionMode.Decompress);
        var part = new byte[64 << 10];
        for (var read = deflate.Read(part); read > 0; read = deflate.Read(part))
        {
            inflated.Write(part, 0, read);
            if (inflated.Length > LargestBlock)
            {
                throw new FormatException("a block unpacks to more than 256 MB");
            }
        }

        return inflated.ToArray();
    }

    /// <summary>Of a block of a map: a negative count is followed by the block's size.</summary>
    private static long ReadCount(Stream file)
    {
        var count = ReadLong(file);
        if (count < 0)
        {
            ReadLong(file);
        }

        return count == long.MinValue ? throw new FormatException("its header has no number where one belongs") : Math.Abs(count);
    }

    private static long ReadLong(Stream file)
    {
        const int longest = 10;
        var bytes = new byte[longest];
        for (var length = 1; length <= longest; length++)
        {
            file.ReadExactly(bytes, length - 1, 1);
            if (bytes[length - 1] < 0x80)
            {
                return new DatumCursor(bytes, 0).ReadLong();
            }
        }

        throw new FormatException("it has no number where one belongs");
    }

    private static byte[] TakeBytes(Stream file)
    {
        var length = ReadLong(file);
        return length is >= 0 and <= LargestBlock && length <= file.Length - file.Position
            ? Take(file, (int)length)
            : throw new EndOfStreamException("it is cut off");
    }

    private static byte[] Take(Stream file, int length)
    {
        var bytes = new byte[length];
        return file.ReadAtLeast(bytes, length, throwOnEndOfStream: false) == length ? bytes : throw new EndOfStreamException("it is cut off");
    }
}
