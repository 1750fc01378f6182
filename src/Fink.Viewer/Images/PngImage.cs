using System.Buffers.Binary;
using System.IO.Compression;
using Fink.Viewer.Fits;

namespace Fink.Viewer.Images;

/// <summary>
/// Writes a stretched image as PNG (W3C, third edition): one byte a pixel into a palette of greys, whose first entry is
/// transparent and stands for "no data". The top row is FITS's last.
/// </summary>
public static class PngImage
{
    private const int Greys = 255;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    public static byte[] Encode(FitsImage image, AsinhStretch stretch)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, Header(image));
        WriteChunk(png, "PLTE"u8, Palette());
        WriteChunk(png, "tRNS"u8, [0]);
        WriteChunk(png, "IDAT"u8, Compressed(image, stretch));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Header(FitsImage image)
    {
        const byte bitsAnIndex = 8;
        const byte indexed = 3;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = bitsAnIndex;
        header[9] = indexed;
        // The others are 0: deflate, the only filter method, not interlaced.
        return header;
    }

    private static byte[] Palette()
    {
        var palette = new byte[3 * (1 + Greys)];
        for (var grey = 0; grey < Greys; grey++)
        {
            palette.AsSpan(3 * (1 + grey), 3).Fill((byte)Math.Round(grey * 255.0 / (Greys - 1)));
        }

        return palette;
    }

    private static byte[] Compressed(FitsImage image, AsinhStretch stretch)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            // Each row begins with its filter: 0, none.
            var row = new byte[1 + image.Width];
            for (var y = image.Height - 1; y >= 0; y--)
            {
                for (var x = 0; x < image.Width; x++)
                {
                    var value = image.Pixels[(y * image.Width) + x];
                    row[1 + x] = !double.IsFinite(value) ? (byte)0 : (byte)(1 + Math.Round(stretch.Level(value) * (Greys - 1)));
                }

                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var number = (stackalloc byte[sizeof(uint)]);
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(type, data));
        png.Write(number);
    }
}
