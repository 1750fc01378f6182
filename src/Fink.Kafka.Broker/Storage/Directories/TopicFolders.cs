using System.Globalization;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Storage.Disks;

namespace Fink.Kafka.Broker.Storage.Directories;

/// <summary>
/// topics/: a folder for each topic, named by its id and not by its name (which may be used again, and need not be a file's), in it
/// one for each partition, named by its number.
/// </summary>
internal sealed class TopicFolders(IDisk disk, string root)
{
    private const string DeletedSuffix = ".deleted";
    private const string StraySuffix = ".stray";
    private const string LogSuffix = ".log";

    public string Of(Guid topic) => Path.Combine(root, topic.ToString("D"));

    public string Of(Guid topic, int partition) => Path.Combine(Of(topic), partition.ToString(CultureInfo.InvariantCulture));

    /// <summary>Durable when it returns. Folders that are there stay as they are.</summary>
    /// <param name="from">The first partition that is new: of those before, nobody has lost a folder to find an empty one.</param>
    public void Create(Topic topic, int from)
    {
        var folder = Of(topic.Id);
        var isNew = !disk.FolderExists(folder);
        disk.CreateFolder(folder);
        for (var partition = from; partition < topic.Partitions; partition++) disk.CreateFolder(Of(topic.Id, partition));
        disk.FlushFolder(folder);
        if (isNew) disk.FlushFolder(root);
    }

    /// <summary>The topic's folder is no longer found, also after a crash; <see cref="Remove"/> is still to delete it.</summary>
    /// <returns>Where it is now; null if there was none.</returns>
    public string? MarkDeleted(Guid topic)
    {
        var folder = Of(topic);
        if (!disk.FolderExists(folder)) return null;

        disk.RenameFolder(folder, folder + DeletedSuffix);
        disk.FlushFolder(root);
        return folder + DeletedSuffix;
    }

    /// <param name="folder">One that is marked.</param>
    public void Remove(string folder) => disk.DeleteFolder(folder);

    /// <summary>
    /// Makes the folders those of the topics that there are: takes back what was taken aside before its topic was there again, takes
    /// aside what is nobody's. Nothing with records in it is deleted. A topic has its folders before anybody hears of it, so one that is
    /// missing is lost, and stays so.
    /// </summary>
    public Reconciliation Reconcile(MetadataImage image)
    {
        List<string> strays = [];
        List<string> marked = [];
        foreach (var name in disk.List(root))
        {
            var path = Path.Combine(root, name);
            if (name.EndsWith(StraySuffix, StringComparison.Ordinal))
            {
                strays.Add(path);
            }
            else if (name.EndsWith(DeletedSuffix, StringComparison.Ordinal))
            {
                marked.Add(path);
            }
            else if (Guid.TryParseExact(name, "D", out var id) && !image.TopicsById.ContainsKey(id))
            {
                if (TakeAside(path) is { } stray) strays.Add(stray);
            }
        }

        var (takenBack, hindered) = TakeBack(strays, image);
        List<(Topic Topic, int Partitions)> missing = [];
        foreach (var topic in image.TopicsById.Values)
        {
            if (CountMissing(topic) is var lost and > 0) missing.Add((topic, lost));
        }

        return new Reconciliation(missing, strays, marked) { TakenBack = takenBack, Hindered = hindered };
    }

    private int CountMissing(Topic topic)
    {
        var folder = Of(topic.Id);
        var present = disk.FolderExists(folder) ? disk.List(folder).ToHashSet(StringComparer.Ordinal) : [];
        return Enumerable.Range(0, topic.Partitions).Count(partition => !present.Contains(partition.ToString(CultureInfo.InvariantCulture)));
    }

    /// <returns>Where it is now; null if it was deleted, because there was no record in it.</returns>
    private string? TakeAside(string folder)
    {
        if (HasRecords(folder))
        {
            var stray = folder + StraySuffix;
            for (var again = 2; disk.FolderExists(stray); again++) stray = $"{folder}.{again}{StraySuffix}";
            disk.RenameFolder(folder, stray);
            disk.FlushFolder(root);
            return stray;
        }

        disk.DeleteFolder(folder);
        return null;
    }

    /// <summary>Which of several folders with records is the right one, only the administrator knows.</summary>
    /// <param name="strays">Left are those of topics that there are not.</param>
    private (List<(Topic Topic, string Folder)> TakenBack, List<(string Stray, Topic Topic, string InTheWay)> Hindered) TakeBack(
        List<string> strays, MetadataImage image)
    {
        List<(Topic, string)> takenBack = [];
        List<(string, Topic, string)> hindered = [];
        foreach (var ofTopic in strays.GroupBy(TopicOf).ToList())
        {
            if (ofTopic.Key is not { } id || !image.TopicsById.TryGetValue(id, out var topic)) continue;

            var folder = Of(id);
            var candidates = ofTopic.ToList();
            strays.RemoveAll(candidates.Contains);
            if (disk.FolderExists(folder) && HasRecords(folder))
            {
                hindered.AddRange(candidates.Select(stray => (stray, topic, folder)));
            }
            else if (candidates.Count > 1)
            {
                hindered.AddRange(candidates.Select((stray, i) => (stray, topic, candidates[i == 0 ? 1 : 0])));
            }
            else
            {
                if (disk.FolderExists(folder)) disk.DeleteFolder(folder);
                disk.RenameFolder(candidates[0], folder);
                disk.FlushFolder(root);
                takenBack.Add((topic, folder));
            }
        }

        return (takenBack, hindered);
    }

    /// <returns>Null for a folder that was not taken aside here.</returns>
    private static Guid? TopicOf(string stray) =>
        Path.GetFileName(stray).Split('.') is [var id, ..] && Guid.TryParseExact(id, "D", out var topic) ? topic : null;

    private bool HasRecords(string topicFolder)
    {
        foreach (var partition in disk.List(topicFolder))
        {
            var folder = Path.Combine(topicFolder, partition);
            if (disk.List(folder).Any(file => file.Contains(LogSuffix, StringComparison.Ordinal) && LengthOf(Path.Combine(folder, file)) > 0))
            {
                return true;
            }
        }

        return false;
    }

    private long LengthOf(string path)
    {
        using var file = disk.Open(path, DiskOpen.Existing);
        return file.Length;
    }
}

/// <param name="Missing">Topics with partitions whose folders are not there: they are lost.</param>
/// <param name="Strays">Folders with records of topics that there are not, kept.</param>
/// <param name="Marked">Folders of deletions that were begun, for <see cref="TopicFolders.Remove"/>.</param>
internal sealed record Reconciliation(
    IReadOnlyList<(Topic Topic, int Partitions)> Missing, IReadOnlyList<string> Strays, IReadOnlyList<string> Marked)
{
    /// <summary>What was taken aside once, and is the topic's folder now.</summary>
    public required IReadOnlyList<(Topic Topic, string Folder)> TakenBack { get; init; }

    /// <summary>Folders that would be a topic's, if there were no other one with records.</summary>
    public required IReadOnlyList<(string Stray, Topic Topic, string InTheWay)> Hindered { get; init; }
}
