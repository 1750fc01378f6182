using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Fink.Viewer.Fits;

/// <summary>
/// Reads the image of a primary header and data unit, FITS standard 4.0: two axes, any BITPIX, scaled by BSCALE and BZERO,
/// plain or gzipped. Cutouts come from the network: no more is read than the header announces, and the header may not
/// announce more than <see cref="MostPixels"/>, so that what unpacks to gigabytes costs nothing.
/// </summary>
public static class FitsReader
{
    /// <summary>A thousand times a thousand, and some: cutouts have 30 to 63 pixels a side.</summary>
    public const int MostPixels = 1 << 20;

    /// <exception cref="FitsException">It is no FITS image, or none that can be shown.</exception>
    public static FitsImage Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var plain = Open(bytes);
            if (!IsGzipped(bytes.Span))
            {
                return Read(plain);
            }

            using var unzipped = new GZipStream(plain, CompressionMode.Decompress);
            return Read(unzipped);
        }
        catch (InvalidDataException error)
        {
            throw new FitsException("its compression is damaged", error);
        }
    }

    private static bool IsGzipped(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([0x1f, 0x8b]);

    private static MemoryStream Open(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    private static FitsImage Read(Stream stream)
    {
        var header = FitsHeader.Read(stream);
        if (!header.IsTrue("SIMPLE"))
        {
            throw new FitsException("it says itself (SIMPLE) that it does not keep to the FITS standard");
        }

        var bits = header.Integer("BITPIX");
        if (bits is not (8 or 16 or 32 or 64 or -32 or -64))
        {
            throw new FitsException($"BITPIX {bits} is no kind of pixel");
        }

        if (header.Integer("NAXIS") is not 2 and var axes)
        {
            throw new FitsException($"its first image has {axes} axes instead of 2");
        }

        var (width, height) = (header.Integer("NAXIS1"), header.Integer("NAXIS2"));
        if (width < 1 || height < 1 || width > MostPixels || height > MostPixels || width * height > MostPixels)
        {
            throw new FitsException(
                $"its image has {width} × {height} pixels, and only those with 1 to {MostPixels} are shown");
        }

        return new FitsImage((int)width, (int)height, Pixels(stream, header, (int)bits, (int)width, (int)height), header.Text("BUNIT"));
    }

    private static double[] Pixels(Stream stream, FitsHeader header, int bits, int width, int height)
    {
        var (scale, zero) = (header.Real("BSCALE", 1), header.Real("BZERO", 0));
        // BLANK is for whole numbers only: with floating point NaN says it.
        var blank = bits > 0 ? header.TryInteger("BLANK") : null;
        var size = Math.Abs(bits) / 8;
        var row = new byte[width * size];
        var pixels = new double[width * height];
        for (var y = 0; y < height; y++)
        {
            var read = stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
            if (read < row.Length)
            {
                throw new FitsException($"it ends after {((long)y * row.Length) + read} of {(long)height * row.Length} bytes of its image");
            }

            for (var x = 0; x < width; x++)
            {
                var raw = row.AsSpan(x * size, size);
                pixels[(y * width) + x] = bits < 0 ? zero + (scale * Floating(raw))
                    : Whole(raw) is var whole && whole == blank ? double.NaN
                    : zero + (scale * whole);
            }
        }

        return pixels;
    }

    private static double Floating(ReadOnlySpan<byte> raw) => raw.Length == sizeof(float)
        ? BinaryPrimitives.ReadSingleBigEndian(raw)
        : BinaryPrimitives.ReadDoubleBigEndian(raw);

    /// <summary>One byte has no sign; the others are in two's complement.</summary>
    private static long Whole(ReadOnlySpan<byte> raw) => raw.Length switch
    {
        1 => raw[0],
        2 => BinaryPrimitives.ReadInt16BigEndian(raw),
        4 => BinaryPrimitives.ReadInt32BigEndian(raw),
        _ => BinaryPrimitives.ReadInt64BigEndian(raw),
    };
}
