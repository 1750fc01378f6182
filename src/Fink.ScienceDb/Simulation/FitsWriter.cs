using System.Buffers.Binary;
using System.Text;

namespace Fink.ScienceDb.Simulation;

/// <summary>
/// Writes images in the FITS format: a header of 80-character cards and big-endian pixels, each padded to blocks of 2880
/// bytes (with blanks and with zeros).
/// </summary>
internal sealed class FitsWriter(int capacity)
{
    private const int BlockLength = 2880;
    private const int CardLength = 80;

    private readonly byte[] _bytes = new byte[capacity];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The size of a header of up to 36 cards and an image.</summary>
    public static int SizeOf(int pixels, int bytesAPixel) =>
        BlockLength + ((pixels * bytesAPixel + BlockLength - 1) / BlockLength * BlockLength);

    public void Image(ReadOnlySpan<float> pixels, int side, ReadOnlySpan<string> cards, bool isExtension = false)
    {
        Header(side, -32, cards, isExtension);
        var target = Data(pixels.Length * sizeof(float));
        for (var i = 0; i < pixels.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(target[(i * sizeof(float))..], pixels[i]);
        }
    }

    public void Image(ReadOnlySpan<double> pixels, int side, ReadOnlySpan<string> cards, bool isExtension = false)
    {
        Header(side, -64, cards, isExtension);
        var target = Data(pixels.Length * sizeof(double));
        for (var i = 0; i < pixels.Length; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(target[(i * sizeof(double))..], pixels[i]);
        }
    }

    private void Header(int side, int bitsAPixel, ReadOnlySpan<string> cards, bool isExtension)
    {
        var header = _bytes.AsSpan(_length, BlockLength);
        header.Fill((byte)' ');
        _length += BlockLength;
        var written = 0;
        void Card(string text) => Encoding.ASCII.GetBytes(text, _bytes.AsSpan(_length - BlockLength + CardLength * written++));

        Card(isExtension ? "XTENSION= 'IMAGE   '" : "SIMPLE  =                    T");
        Card($"BITPIX  = {bitsAPixel,20}");
        Card("NAXIS   =                    2");
        Card($"NAXIS1  = {side,20}");
        Card($"NAXIS2  = {side,20}");
        if (isExtension)
        {
            Card("PCOUNT  =                    0");
            Card("GCOUNT  =                    1");
        }

        foreach (var card in cards)
        {
            Card(card);
        }

        Card("END");
    }

    private Span<byte> Data(int length)
    {
        var padded = (length + BlockLength - 1) / BlockLength * BlockLength;
        var data = _bytes.AsSpan(_length, padded);
        data[length..].Clear();
        _length += padded;
        return data;
    }
}
