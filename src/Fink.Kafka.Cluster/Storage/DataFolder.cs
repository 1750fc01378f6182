using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fink.Kafka.Cluster.Storage;

/// <summary>The one owner of a data folder's files: its state, its process records and its lock.</summary>
internal sealed class DataFolder(ClusterLayout layout)
{
    /// <summary>What may be in a folder that is ours although it has no state: a first start that failed leaves its logs.</summary>
    private static readonly string[] OurEntries = ["cluster.json", "processes.json", "lock", "credentials", "config", "tls", "logs", "data"];

    public ClusterLayout Layout => layout;

    public ClusterState? LoadState() => Load(layout.StateFile, StorageJson.Default.ClusterState);

    public void SaveState(ClusterState state) =>
        PrivateFiles.Write(layout.StateFile, JsonSerializer.Serialize(state, StorageJson.Default.ClusterState) + "\n");

    public IReadOnlyList<ProcessRecord> LoadProcesses() =>
        Load(layout.ProcessesFile, StorageJson.Default.IReadOnlyListProcessRecord) ?? [];

    public void SaveProcesses(IReadOnlyList<ProcessRecord> processes)
    {
        if (processes.Count == 0)
        {
            File.Delete(layout.ProcessesFile);
            return;
        }

        PrivateFiles.Write(layout.ProcessesFile, JsonSerializer.Serialize(processes, StorageJson.Default.IReadOnlyListProcessRecord) + "\n");
    }

    /// <summary>Makes the folder if need be.</summary>
    /// <exception cref="ClusterException">It cannot be written to, or holds what is not ours.</exception>
    public void Prepare()
    {
        try
        {
            PrivateFiles.CreateFolder(layout.DataDir);
            if (!File.Exists(layout.StateFile)
                && Directory.EnumerateFileSystemEntries(layout.DataDir).FirstOrDefault(entry => !OurEntries.Contains(Path.GetFileName(entry))) is { } foreign)
            {
                throw new ClusterException(
                    ClusterErrorKind.Usage,
                    $"{layout.DataDir} is not a cluster's data folder (it holds {Path.GetFileName(foreign)} and no cluster.json): give an empty or a new folder with --data-dir");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Held while one command starts or stops the cluster; freed by the system if that command dies.</summary>
    /// <exception cref="ClusterException">Another command holds it, or the folder cannot be written to.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(layout.LockFile, PrivateFiles.Options(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(e);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new ClusterException(
                ClusterErrorKind.Failed,
                $"another fink-kafka is starting or stopping the cluster in {layout.DataDir}: wait until it is done, then try again",
                e);
        }
        catch (IOException e)
        {
            throw Unwritable(e);
        }
    }

    public ClusterException Unwritable(Exception cause) =>
        new(ClusterErrorKind.Failed, $"cannot write to the data folder {layout.DataDir}: {cause.Message}", cause);

    internal static bool IsSharingViolation(IOException e)
    {
        const int ErrorSharingViolation = unchecked((int)0x80070020);
        const int UnixWouldBlock = 11;
        const int MacWouldBlock = 35;
        return e.HResult is ErrorSharingViolation or UnixWouldBlock or MacWouldBlock;
    }

    private T? Load<T>(string file, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), type) : null;
        }
        catch (JsonException e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"{file} is damaged: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot read the data folder {layout.DataDir}: {e.Message}", e);
        }
    }
}
