using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Tests.Storage.Disks;

/// <summary>A real disk whose operation number N fails, counted from <see cref="FailAt"/>, in one of the ways disks fail.</summary>
internal sealed class FaultyDisk(IDisk disk) : IDisk
{
    private int _untilFailure = -1;
    private int _openFiles;
    private Fault _fault;

    public bool HasFailed { get; private set; }

    public int Opened { get; set; }

    /// <summary>Files that are open now.</summary>
    public int OpenFiles => Volatile.Read(ref _openFiles);

    /// <summary>Runs before each file is renamed, on the thread that does it.</summary>
    public Action? BeforeRename { get; set; }

    /// <summary>Gets the path of each file before it is opened, on the thread that does it.</summary>
    public Action<string>? BeforeOpen { get; set; }

    /// <summary>Runs before each read, on the thread that does it.</summary>
    public Action? BeforeRead { get; set; }

    public void FailAt(int operation, Fault fault) => (_untilFailure, _fault, HasFailed) = (operation, fault, false);

    public void Heal() => _untilFailure = -1;

    public IDiskFile Open(string path, DiskOpen how)
    {
        BeforeOpen?.Invoke(path);
        Opened++;
        Interlocked.Increment(ref _openFiles);
        return new FaultyFile(this, disk.Open(path, how));
    }

    public bool FileExists(string path) => disk.FileExists(path);

    public bool FolderExists(string path) => disk.FolderExists(path);

    public IReadOnlyList<string> List(string folder) => disk.List(folder);

    public void CreateFolder(string path) => disk.CreateFolder(path);

    public void Rename(string from, string to)
    {
        BeforeRename?.Invoke();
        Step(Operation.Rename);
        disk.Rename(from, to);
    }

    public void RenameFolder(string from, string to)
    {
        Step(Operation.Rename);
        disk.RenameFolder(from, to);
    }

    public void DeleteFile(string path) => disk.DeleteFile(path);

    public void DeleteFolder(string path) => disk.DeleteFolder(path);

    public void FlushFolder(string path)
    {
        Step(Operation.Flush);
        disk.FlushFolder(path);
    }

    public VolumeSpace SpaceOf(string folder) => disk.SpaceOf(folder);

    public IDisposable Lock(string path) => disk.Lock(path);

    private bool Fails(Operation operation)
    {
        var applies = _fault switch
        {
            Fault.NoSpace or Fault.ShortWrite => operation == Operation.Write,
            Fault.FlushError => operation == Operation.Flush,
            _ => true,
        };
        if (!applies || _untilFailure < 0 || _untilFailure-- > 0)
        {
            return false;
        }
        HasFailed = true;
        if (_fault == Fault.NoSpace)
        {
            _untilFailure = 0; // Until there is space again.
        }
        return true;
    }

    private void Step(Operation operation)
    {
        if (Fails(operation))
        {
            throw new IOException($"{_fault} at {operation}");
        }
    }

    private enum Operation
    {
        Write,
        Flush,
        Rename,
    }

    private sealed class FaultyFile(FaultyDisk owner, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int ReadAt(long position, Span<byte> destination)
        {
            owner.BeforeRead?.Invoke();
            return file.ReadAt(position, destination);
        }

        public void WriteAt(long position, ReadOnlySpan<byte> bytes)
        {
            if (owner.Fails(Operation.Write))
            {
                file.WriteAt(position, owner._fault == Fault.NoSpace ? [] : bytes[..(bytes.Length / 2)]);
                throw new IOException($"{owner._fault}: a part was written");
            }
            file.WriteAt(position, bytes);
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Flush()
        {
            owner.Step(Operation.Flush);
            file.Flush();
        }

        public void Dispose()
        {
            Interlocked.Decrement(ref owner._openFiles);
            file.Dispose();
        }
    }
}

internal enum Fault
{
    NoSpace,
    ShortWrite,
    FlushError,
    AnyOperation,
}
