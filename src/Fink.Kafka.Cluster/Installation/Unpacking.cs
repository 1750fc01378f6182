using System.Formats.Tar;
using System.IO.Compression;
using Fink.Kafka.Cluster.Homes;

namespace Fink.Kafka.Cluster.Installation;

/// <summary>Unpacks a <c>kafka_*.tgz</c>, and nothing outside of the folder that it is given.</summary>
internal static class Unpacking
{
    /// <summary>Returns the one folder that the archive holds.</summary>
    /// <exception cref="ClusterException">It is no archive, not Apache Kafka's, or reaches outside.</exception>
    public static async Task<KafkaHome> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var file = File.OpenRead(archive);
            await using (file.ConfigureAwait(false))
            {
                var unzipped = new GZipStream(file, CompressionMode.Decompress);
                await using (unzipped.ConfigureAwait(false))
                {
                    await UnpackAsync(unzipped, archive, folder, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"{archive} is not a whole .tgz: {e.Message}", e);
        }

        return Directory.EnumerateFileSystemEntries(folder).ToArray() is [var only] && KafkaHome.Read(only) is { } home
            ? home
            : throw new ClusterException(ClusterErrorKind.Failed, $"{archive} does not hold Apache Kafka (one folder with bin/ and libs/kafka-clients-*.jar)");
    }

    private static async Task UnpackAsync(Stream unzipped, string archive, string folder, CancellationToken cancellationToken)
    {
        var reader = new TarReader(unzipped);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                var path = PathOf(entry, archive, folder);
                switch (entry.EntryType)
                {
                    case TarEntryType.Directory:
                        Directory.CreateDirectory(path);
                        break;
                    case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                        await entry.ExtractToFileAsync(path, overwrite: false, cancellationToken).ConfigureAwait(false);
                        break;
                    case TarEntryType.GlobalExtendedAttributes:
                        break;
                    default:
                        // Apache's archives hold none: a link could lead the next entry out of the folder.
                        throw new ClusterException(
                            ClusterErrorKind.Failed, $"{archive} holds {entry.Name}, a {entry.EntryType}: refused; nothing was installed");
                }
            }
        }
    }

    private static string PathOf(TarEntry entry, string archive, string folder)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, entry.Name));
        return path.StartsWith(root, StringComparison.Ordinal)
            ? path
            : throw new ClusterException(
                ClusterErrorKind.Failed, $"{archive} holds {entry.Name}, which leads out of its folder: refused; nothing was installed");
    }
}
