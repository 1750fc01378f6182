namespace Fink.Avro.Schemas;

/// <summary>CRC-64-AVRO, the Rabin fingerprint of Avro's specification ("Schema Fingerprints").</summary>
internal static class Crc64
{
    private const ulong Empty = 0xc15d213aa4d7a795;

    private static readonly ulong[] Table = MakeTable();

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var fingerprint = Empty;
        foreach (var value in bytes)
        {
            fingerprint = (fingerprint >> 8) ^ Table[(byte)fingerprint ^ value];
        }

        return fingerprint;
    }

    private static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            var entry = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry >> 1) ^ (Empty & (0UL - (entry & 1)));
            }

            table[i] = entry;
        }

        return table;
    }
}
