using Microsoft.Win32.SafeHandles;

namespace Fink.Kafka.Broker.Storage.Disks;

internal sealed class LocalFile(FileStream stream) : IDiskFile
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public long Length => RandomAccess.GetLength(_handle);

    public int ReadAt(long position, Span<byte> destination)
    {
        var done = 0;
        while (done < destination.Length)
        {
            var read = RandomAccess.Read(_handle, destination[done..], position + done);
            if (read == 0)
            {
                break;
            }
            done += read;
        }
        return done;
    }

    public void WriteAt(long position, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_handle, bytes, position);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => stream.Dispose();
}
