using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Fink.Viewer.Tests.Fits;

/// <summary>FITS files, good and bad.</summary>
internal static class FitsBytes
{
    public static byte[] Of(byte[] data, params string[] cards)
    {
        var header = string.Concat(cards.Append("END").Select(card => card.PadRight(80)));
        var length = (header.Length + 2879) / 2880 * 2880;
        return [.. Encoding.ASCII.GetBytes(header.PadRight(length)), .. data, .. new byte[(2880 - (data.Length % 2880)) % 2880]];
    }

    public static byte[] Floats(int width, int height, params float[] pixels)
    {
        var data = new byte[pixels.Length * sizeof(float)];
        for (var i = 0; i < pixels.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(data.AsSpan(i * sizeof(float)), pixels[i]);
        }

        return Of(data, Cards(-32, width, height));
    }

    public static string[] Cards(int bits, long width, long height, params string[] more) =>
        ["SIMPLE  =                    T", $"BITPIX  = {bits,20}", "NAXIS   =                    2", $"NAXIS1  = {width,20}", $"NAXIS2  = {height,20}", .. more];

    public static byte[] Gzipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
