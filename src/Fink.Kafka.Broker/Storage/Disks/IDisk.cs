namespace Fink.Kafka.Broker.Storage.Disks;

/// <summary>All that storage asks of a file system. Paths are full paths; every failure is an <see cref="IOException"/>.</summary>
internal interface IDisk
{
    /// <exception cref="FileNotFoundException">With <see cref="DiskOpen.Existing"/>, nothing is there.</exception>
    IDiskFile Open(string path, DiskOpen how);

    bool FileExists(string path);

    bool FolderExists(string path);

    /// <summary>Names, not paths, of the files and folders inside; none for a folder that is not there.</summary>
    IReadOnlyList<string> List(string folder);

    void CreateFolder(string path);

    /// <summary>Replaces what is at <paramref name="to"/>. Durable only after the folder is flushed.</summary>
    void Rename(string from, string to);

    /// <summary>A folder with all that is in it, to where nothing is. Durable only after the folder above is flushed.</summary>
    void RenameFolder(string from, string to);

    void DeleteFile(string path);

    void DeleteFolder(string path);

    /// <summary>Makes the creations, renames and deletions inside durable.</summary>
    void FlushFolder(string path);

    /// <summary>Of the volume that holds the folder.</summary>
    VolumeSpace SpaceOf(string folder);

    /// <summary>Held until disposed or until this process ends.</summary>
    /// <exception cref="StorageException">Another process holds it, or it cannot be made; the message says which.</exception>
    IDisposable Lock(string path);
}

/// <param name="UsableBytes">What this process may still write.</param>
internal readonly record struct VolumeSpace(long TotalBytes, long UsableBytes);

internal enum DiskOpen
{
    Existing,
    OpenOrCreate,
    CreateOrReplace,
}

/// <summary>A file read and written at positions. Reads may be concurrent with a write elsewhere in the file.</summary>
internal interface IDiskFile : IDisposable
{
    long Length { get; }

    /// <returns>Fewer bytes than asked for only at the end of the file.</returns>
    int ReadAt(long position, Span<byte> destination);

    /// <summary>All or an exception; after an exception any part of it may be in the file.</summary>
    void WriteAt(long position, ReadOnlySpan<byte> bytes);

    void SetLength(long length);

    /// <summary>fsync. After a failure the file's unsynced pages are unknown: never tried again.</summary>
    void Flush();
}
