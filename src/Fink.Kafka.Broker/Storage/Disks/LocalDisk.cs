namespace Fink.Kafka.Broker.Storage.Disks;

internal sealed class LocalDisk : IDisk
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static LocalDisk Instance { get; } = new();

    public IDiskFile Open(string path, DiskOpen how)
    {
        var mode = how switch
        {
            DiskOpen.Existing => FileMode.Open,
            DiskOpen.OpenOrCreate => FileMode.OpenOrCreate,
            _ => FileMode.Create,
        };
        return Typed(() => new LocalFile(OpenStream(path, mode, FileShare.ReadWrite | FileShare.Delete)));
    }

    public bool FileExists(string path) => File.Exists(path);

    public bool FolderExists(string path) => Directory.Exists(path);

    public IReadOnlyList<string> List(string folder) => Typed<IReadOnlyList<string>>(() =>
        Directory.Exists(folder)
            ? [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))]
            : []);

    public void CreateFolder(string path) => Typed(() => Directory.CreateDirectory(path));

    public void Rename(string from, string to) => Typed(() => { File.Move(from, to, overwrite: true); return 0; });

    public void RenameFolder(string from, string to) => Typed(() => { Directory.Move(from, to); return 0; });

    public void DeleteFile(string path) => Typed(() => { File.Delete(path); return 0; });

    public void DeleteFolder(string path) => Typed(() => { Directory.Delete(path, recursive: true); return 0; });

    public void FlushFolder(string path) => FolderFlush.Flush(path);

    public VolumeSpace SpaceOf(string folder) => Typed(() =>
    {
        var volume = new DriveInfo(folder);
        return new VolumeSpace(volume.TotalSize, volume.AvailableFreeSpace);
    });

    public IDisposable Lock(string path)
    {
        try
        {
            return OpenStream(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new StorageException(
                $"{path} is held by another process: one broker at a time can use this data directory. Stop the other one, or choose another --data-dir.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException($"{path} cannot be opened for writing by this user: become the one whose data it is, or choose another --data-dir.", e);
        }
        catch (IOException e)
        {
            throw new StorageException($"{path} cannot be opened for writing: {e.Message}", e);
        }
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, a sharing violation of Windows: .NET passes the number on as it is.</summary>
    private static bool IsHeldByAnother(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xFFFF) == 32
        : e.HResult == (OperatingSystem.IsLinux() ? 11 : 35);

    /// <summary>A FileStream and not a handle, because only it creates a file with its mode at once.</summary>
    private static FileStream OpenStream(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        return new FileStream(path, options);
    }

    /// <summary>Rights are a matter of the disk too: callers handle one kind of failure.</summary>
    private static T Typed<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException(e.Message, e);
        }
    }
}
