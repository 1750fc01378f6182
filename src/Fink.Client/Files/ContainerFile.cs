using System.Security.Cryptography;
using System.Text;

namespace Fink.Client.Files;

/// <summary>
/// Writes an Avro container file of one datum, as it is: magic, metadata (schema, codec null), a sync marker; then one
/// block of one datum and the marker again.
/// </summary>
internal static class ContainerFile
{
    public static void Write(Stream file, AlertSchema schema, ReadOnlySpan<byte> datum)
    {
        Span<byte> sync = stackalloc byte[ContainerFormat.SyncSize];
        RandomNumberGenerator.Fill(sync);
        file.Write(ContainerFormat.Magic);
        WriteLong(file, 2);
        WriteBytes(file, ContainerFormat.CodecName);
        WriteBytes(file, ContainerFormat.NullCodec);
        WriteBytes(file, ContainerFormat.SchemaName);
        WriteBytes(file, Encoding.UTF8.GetBytes(schema.Json));
        WriteLong(file, 0);
        file.Write(sync);
        WriteLong(file, 1);
        WriteBytes(file, datum);
        file.Write(sync);
    }

    private static void WriteBytes(Stream file, ReadOnlySpan<byte> bytes)
    {
        WriteLong(file, bytes.Length);
        file.Write(bytes);
    }

    private static void WriteLong(Stream file, long value)
    {
        var bits = (ulong)((value << 1) ^ (value >> 63));
        for (; bits >= 0x80; bits >>= 7)
        {
            file.WriteByte((byte)(bits | 0x80));
        }

        file.WriteByte((byte)bits);
    }
}
