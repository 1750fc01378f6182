namespace Fink.Kafka.Broker.Storage.Disks;

/// <summary>Small files that are read and replaced as a whole.</summary>
internal static class WholeFile
{
    /// <returns>Null if there is none.</returns>
    public static byte[]? Read(IDisk disk, string path)
    {
        if (!disk.FileExists(path)) return null;

        using var file = disk.Open(path, DiskOpen.Existing);
        var bytes = new byte[file.Length];
        var read = file.ReadAt(0, bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Afterwards, and after a crash at any moment, the file is the old one or the new one.</summary>
    /// <exception cref="IOException">The file is the old one; or its name could not be made durable, and then it is either.</exception>
    public static void Replace(IDisk disk, string path, ReadOnlySpan<byte> bytes)
    {
        var unfinished = path + ".tmp";
        using (var file = disk.Open(unfinished, DiskOpen.CreateOrReplace))
        {
            file.WriteAt(0, bytes);
            file.Flush();
        }

        disk.Rename(unfinished, path);
        disk.FlushFolder(Path.GetDirectoryName(path)!);
    }
}
