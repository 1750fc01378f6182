using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Fink.TestSupport.Installation;

/// <summary>Archives in the shape of Apache Kafka's.</summary>
public static class FakeArchive
{
    public const string Name = "kafka_2.13-3.9.1.tgz";

    public static byte[] Kafka(int fillerBytes = 0) => Of(
        ("kafka_2.13-3.9.1/bin/kafka-server-start.sh", "#!/bin/sh\n"),
        ("kafka_2.13-3.9.1/libs/kafka-clients-3.9.1.jar", Convert.ToBase64String(RandomNumberGenerator.GetBytes(fillerBytes))));

    public static byte[] Of(params (string Path, string Text)[] files) => Make(tar =>
    {
        foreach (var (path, text) in files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            });
        }
    });

    public static byte[] WithLink(string path, string target) => Make(tar =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target }));

    public static string SumOf(byte[] archive) => $"{Name}: {Convert.ToHexString(SHA512.HashData(archive))}\n";

    private static byte[] Make(Action<TarWriter> write)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            write(tar);
        }

        return bytes.ToArray();
    }
}
