using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Journals;

namespace Fink.Kafka.Broker.Storage;

/// <summary>
/// A broker's folder on the disk, held by one process at a time: LOCK, broker.json, meta/ and coord/ with the journals, topics/ with
/// the logs, and, from a clean stop to the next start, clean-stop. The journals are made before broker.json, and topics/ after it: a
/// directory with broker.json that lacks a journal has lost it.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
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

    /// <param name="report">Gets a line for each thing that was lost or put aside.</param>
    /// <exception cref="StorageException">
    /// Another process holds the directory, or it is another broker's, damaged, of a newer format, or cannot be written: one line each.
    /// What is refused is as it was.
    /// </exception>
    public static DataDirectory Open(IDisk disk, string path, int nodeId, Action<string> report)
    {
        path = System.IO.Path.GetFullPath(path);
        List<IDisposable> opened = [];
        try
        {
            disk.CreateFolder(path);
            opened.Add(disk.Lock(System.IO.Path.Combine(path, "LOCK")));
            var known = Identify(disk, path, nodeId);
            var stop = CleanStop.Read(disk, path);
            var past = new JournalPast { MustExist = known is not null, CleanStopPath = stop is null ? null : CleanStop.PathIn(path) };
            var foundMetadata = JournalRecovery.Inspect(
                disk, JournalIn(path, "meta", "metadata"), past with { LengthAtCleanStop = stop?.MetadataLength });
            var foundGroups = JournalRecovery.Inspect(
                disk, JournalIn(path, "coord", "groups"), past with { LengthAtCleanStop = stop?.GroupsLength });
            var hasTopics = disk.FolderExists(System.IO.Path.Combine(path, Topics));
            if (known is null && (hasTopics || foundMetadata.HasEntries || foundGroups.HasEntries))
            {
                throw new StorageException(
                    $"{path} has a broker's data but no {BrokerIdentity.FileName}, which says whose. Restore it from a copy, or choose another --data-dir.");
            }

            // The mark is gone, durably, before anything is written that it would not be true of.
            if (stop is not null) CleanStop.Remove(disk, path);
            var metadata = Journal.Open(disk, foundMetadata, report);
            opened.Add(metadata);
            var groups = Journal.Open(disk, foundGroups, report);
            opened.Add(groups);
            disk.FlushFolder(path);
            var identity = known ?? Make(disk, path, nodeId);
            disk.CreateFolder(System.IO.Path.Combine(path, Topics));
            disk.FlushFolder(path);
            return new DataDirectory(disk, path, opened[0], identity, stop is not null || !hasTopics, metadata, groups);
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

    /// <summary>
    /// The last thing before <see cref="Dispose"/>, when all logs are flushed and closed: closes the journals, whose lengths it records.
    /// </summary>
    /// <exception cref="IOException">What a journal holds cannot be said, or the mark not written: the next start is as after a crash.</exception>
    public void MarkCleanStop() => new CleanStop(Metadata.Close(), Groups.Close()).Write(Disk, Path);

    public void Dispose()
    {
        Groups.Dispose();
        Metadata.Dispose();
        _lock.Dispose();
    }

    private static string JournalIn(string path, string folder, string name) =>
        Journal.PathOf(System.IO.Path.Combine(path, folder), name);

    /// <returns>Null if nobody's data is there yet.</returns>
    private static BrokerIdentity? Identify(IDisk disk, string path, int nodeId)
    {
        var known = BrokerIdentity.Read(disk, path);
        return known is null || known.NodeId == nodeId
            ? known
            : throw new StorageException(
                $"{path} has the data of the broker with node.id {known.NodeId}, not {nodeId}. Set node.id={known.NodeId}, or choose another --data-dir.");
    }

    private static BrokerIdentity Make(IDisk disk, string path, int nodeId)
    {
        var identity = BrokerIdentity.New(nodeId);
        identity.Write(disk, path);
        return identity;
    }
}
