using System.Runtime.InteropServices;

namespace Fink.Kafka.Cluster.Storage;

/// <summary>
/// What files take on the disk. Kafka makes the index of a segment at its full length, most of which is a hole: lengths would
/// add up to many times of what is there.
/// </summary>
internal static partial class DiskUse
{
    private const int OfWorkingFolder = -100;
    private const uint Blocks = 0x400;
    private const int BlockSize = 512;

    /// <summary>Bytes below a folder; 0 when it is not there. Lengths count where the system does not tell (Windows, macOS).</summary>
    public static long Below(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        // Kafka deletes segments meanwhile: what vanished between listing and asking counts nothing.
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return new DirectoryInfo(folder).EnumerateFiles("*", options).Sum(Of);
    }

    private static long Of(FileInfo file) => Allocated(file.FullName) ?? (file.Exists ? file.Length : 0);

    private static long? Allocated(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return StatX(OfWorkingFolder, path, 0, Blocks, out var answer) == 0 && (answer.Mask & Blocks) != 0
                ? (long)answer.Blocks * BlockSize
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out Answer answer);

    /// <summary>The kernel's struct statx, the same on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(0)]
        public uint Mask;

        [FieldOffset(48)]
        public ulong Blocks;
    }
}
