using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Fink.Kafka.Cluster.Storage;

/// <summary>The one owner of a data folder's files: its state, its process records and its lock.</summary>
internal sealed class DataFolder(ClusterLayout layout)
{
    /// <summary>What may be in a folder that is ours although it has no state: a first start that failed leaves its logs.</summary>
    private static readonly string[] OurEntries = ["cluster.json", "processes.json", "lock", "credentials", "config", "tls", "logs", "data"];

    public ClusterLayout Layout => layout;

    public ClusterState? LoadState() => Load(
        layout.StateFile, StorageJson.Default.ClusterState,
        "nobody knows what its cluster is: put a copy of the file back, or start another cluster with --data-dir");

    public void SaveState(ClusterState state) =>
        PrivateFiles.Write(layout.StateFile, JsonSerializer.Serialize(state, StorageJson.Default.ClusterState) + "\n");

    public IReadOnlyList<ProcessRecord> LoadProcesses() =>
        Load(
            layout.ProcessesFile, StorageJson.Default.IReadOnlyListProcessRecord,
            $"nobody knows which processes are the cluster's: end those that ps shows with {layout.DataDir}, then delete the file") ?? [];

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

    public ClusterException Unwritable(Exception cause) => File.Exists(layout.DataDir)
        ? new(ClusterErrorKind.Usage, $"{layout.DataDir} is a file, not a folder: give an empty or a new folder with --data-dir", cause)
        : new(
            ClusterErrorKind.Failed,
            $"cannot write to the data folder {layout.DataDir} ({Reason(cause)}): give one that this user may write to with --data-dir",
            cause);

    /// <summary>Only of an exception that knows more than that a path could not be used does the text say why.</summary>
    private static string Reason(Exception cause) => cause switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "it cannot be made there",
        _ => cause.Message,
    };

    internal static bool IsSharingViolation(IOException e)
    {
        const int ErrorSharingViolation = unchecked((int)0x80070020);
        const int UnixWouldBlock = 11;
        const int MacWouldBlock = 35;
        return e.HResult is ErrorSharingViolation or UnixWouldBlock or MacWouldBlock;
    }

    /// <param name="ifDamaged">What a file that cannot be read as what we wrote means, and the way out.</param>
    private T? Load<T>(string file, JsonTypeInfo<T> type, string ifDamaged)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(file), type);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Asked of File.Exists, a folder that may not be looked into has no files either.
            return null;
        }
        catch (JsonException e)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"{file} is damaged, so {ifDamaged}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException(ClusterErrorKind.Failed, $"cannot read the data folder {layout.DataDir} ({Reason(e)}): become the user who started its cluster, or name another one with --data-dir", e);
        }
    }
}
