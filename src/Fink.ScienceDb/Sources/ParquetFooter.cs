using System.Buffers.Binary;

namespace Fink.ScienceDb.Sources;

/// <summary>A Parquet file begins with PAR1 and ends with its footer, the footer's length and PAR1: what a half-written one lacks.</summary>
internal static class ParquetFooter
{
    private const int MagicLength = 4;
    private const int TailLength = 8;

    /// <exception cref="FormatException">The file is not whole, or not Parquet.</exception>
    public static void Check(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var length = stream.Length;
        if (length < MagicLength + TailLength)
        {
            throw new FormatException($"only {length} bytes, no whole Parquet file (still being written, or cut off)");
        }

        Span<byte> bytes = stackalloc byte[TailLength];
        stream.ReadExactly(bytes[..MagicLength]);
        if (!IsMagic(bytes[..MagicLength]))
        {
            throw new FormatException("not a Parquet file: it does not begin with PAR1");
        }

        stream.Seek(-TailLength, SeekOrigin.End);
        stream.ReadExactly(bytes);
        if (!IsMagic(bytes[MagicLength..]))
        {
            throw new FormatException("its Parquet footer is missing (still being written, or cut off)");
        }

        var footer = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (footer > length - MagicLength - TailLength)
        {
            throw new FormatException($"its Parquet footer claims {footer} bytes of a file of {length}");
        }
    }

    private static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual("PAR1"u8);
}
