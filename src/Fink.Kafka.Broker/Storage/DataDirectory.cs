using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;

namespace Fink.Kafka.Broker.Storage;

/// <summary>
/// A broker's folder on the disk, held by one process at a time: LOCK, broker.json, meta/ and coord/ with the journals, topics/ with
/// the logs, and, from a clean stop to the next start, clean-stop.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const string CleanStop = "clean-stop";
    private const string Topics = "topics";

    private readonly IDisposable _lock;

    private DataDirectory(IDisk disk, string path, IDisposable held, BrokerIdentity identity, bool wasStoppedCleanly, Journal metadata, Journal groups)
    {
        (Disk, Path, _lock, Identity) = (disk, path, held, identity);
        (WasStoppedCleanly, Metadata, Groups) = (wasStoppedCleanly, metadata, groups);
    }

    public IDisk Disk { get; }

    public string Path { get; }

    public BrokerIdentity Identity { get; }

    /// <summary>Whether the last broker here had time to finish, or there was none.</summary>
    public bool WasStoppedCleanly { get; }

    public Journal Metadata { get; }

    /// <summary>Of the groups and their offsets.</summary>
    public Journal Groups { get; }

    public string TopicsFolder => System.IO.Path.Combine(Path, Topics);

    /// <exception cref="StorageException">
    /// Another process holds the directory, or it is another broker's, damaged, of a newer format, or cannot be written: one line each.
    /// </exception>
    public static DataDirectory Open(IDisk disk, string path, int nodeId)
    {
        path = System.IO.Path.GetFullPath(path);
        List<IDisposable> opened = [];
        try
        {
            disk.CreateFolder(path);
            opened.Add(disk.Lock(System.IO.Path.Combine(path, "LOCK")));
            var known = Known(disk, path, nodeId);
            var wasStoppedCleanly = TakeCleanStop(disk, path);
            var metadata = Journal.Open(disk, System.IO.Path.Combine(path, "meta"), "metadata", mustExist: known is not null);
            opened.Add(metadata);
            var groups = Journal.Open(disk, System.IO.Path.Combine(path, "coord"), "groups", mustExist: known is not null);
            opened.Add(groups);
            var identity = known ?? Identify(disk, path, nodeId);
            disk.CreateFolder(System.IO.Path.Combine(path, Topics));
            disk.FlushFolder(path);
            return new DataDirectory(disk, path, opened[0], identity, wasStoppedCleanly, metadata, groups);
        }
        catch (Exception e)
        {
            opened.Reverse();
            opened.ForEach(resource => resource.Dispose());
            if (e is IOException and not StorageException)
            {
                throw new StorageException($"The data directory {path} cannot be used: {e.Message}", e);
            }

            throw;
        }
    }

    /// <summary>The last thing before <see cref="Dispose"/>, when all logs and journals are flushed and closed.</summary>
    public void MarkCleanStop() => WholeFile.Replace(Disk, System.IO.Path.Combine(Path, CleanStop), "stopped\n"u8);

    public void Dispose()
    {
        Groups.Dispose();
        Metadata.Dispose();
        _lock.Dispose();
    }

    /// <summary>Null where there was no broker yet.</summary>
    private static BrokerIdentity? Known(IDisk disk, string path, int nodeId)
    {
        if (BrokerIdentity.Read(disk, path) is { } known)
        {
            return known.NodeId == nodeId
                ? known
                : throw new StorageException(
                    $"{path} has the data of the broker with node.id {known.NodeId}, not {nodeId}. Set node.id={known.NodeId}, or choose another --data-dir.");
        }

        if (disk.FolderExists(System.IO.Path.Combine(path, Topics)))
        {
            throw new StorageException(
                $"{path} has a broker's data but no {BrokerIdentity.FileName}, which says whose. Restore it from a copy, or choose another --data-dir.");
        }

        return null;
    }

    /// <summary>After the journals are there: from now on, one that is missing is lost.</summary>
    private static BrokerIdentity Identify(IDisk disk, string path, int nodeId)
    {
        var identity = BrokerIdentity.New(nodeId);
        identity.Write(disk, path);
        return identity;
    }

    /// <summary>The mark is gone, durably, before anything is written that it would not be true of.</summary>
    private static bool TakeCleanStop(IDisk disk, string path)
    {
        var mark = System.IO.Path.Combine(path, CleanStop);
        if (!disk.FileExists(mark)) return !disk.FolderExists(System.IO.Path.Combine(path, Topics));

        disk.DeleteFile(mark);
        disk.FlushFolder(path);
        return true;
    }
}
