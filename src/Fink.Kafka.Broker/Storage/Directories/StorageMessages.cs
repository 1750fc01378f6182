using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Storage.Directories;

internal static partial class StorageMessages
{
    [LoggerMessage(LogLevel.Information, "The broker of {Folder} was not stopped cleanly: each log is checked when it is first used")]
    public static partial void NotStoppedCleanly(this ILogger logger, string folder);

    [LoggerMessage(LogLevel.Error, "Topic {Topic} lacks the folders of {Missing} of its {Partitions} partitions in {Folder}: those are offline. Is its volume mounted? Restore them from a copy and start again, or delete the topic")]
    public static partial void LacksFolders(this ILogger logger, string topic, int missing, int partitions, string folder);

    [LoggerMessage(LogLevel.Warning, "{Folder} has records of a topic that there is not; it is kept, and not used")]
    public static partial void KeptStray(this ILogger logger, string folder);

    [LoggerMessage(LogLevel.Warning, "The records of topic {Topic} were kept aside while there was no such topic; they are its own again, in {Folder}")]
    public static partial void TookBack(this ILogger logger, string topic, string folder);

    [LoggerMessage(LogLevel.Warning, "{Stray} has records of topic {Topic} and is not used, because {InTheWay} has some too: to use it, stop the broker, move that one out of this folder, and start it again")]
    public static partial void CouldNotTakeBack(this ILogger logger, string stray, string topic, string inTheWay);

    [LoggerMessage(LogLevel.Error, "Topic {Topic} is deleted, but its folder {Folder} could not be marked so: it will be kept as a stray at the next start")]
    public static partial void CouldNotMarkDeleted(this ILogger logger, Exception e, string topic, string folder);

    [LoggerMessage(LogLevel.Warning, "{Folder} could not be removed; the next start tries again")]
    public static partial void CouldNotRemove(this ILogger logger, Exception e, string folder);

    [LoggerMessage(LogLevel.Information, "{Segments} segments of {Folder} were removed by its retention")]
    public static partial void RemovedSegments(this ILogger logger, int segments, string folder);

    [LoggerMessage(LogLevel.Warning, "Topic {Topic} has cleanup.policy={Policy}, and this broker does not compact: {Consequence}")]
    public static partial void DoesNotCompact(this ILogger logger, string topic, string policy, string consequence);

    [LoggerMessage(LogLevel.Error, "{Message}")]
    public static partial void LogSays(this ILogger logger, string message);

    [LoggerMessage(LogLevel.Warning, "{Message}")]
    public static partial void DiskSays(this ILogger logger, string message);

    [LoggerMessage(LogLevel.Warning, "{Message}")]
    public static partial void JournalSays(this ILogger logger, string message);

    [LoggerMessage(LogLevel.Error, "The upkeep of the logs failed; it goes on at its next time")]
    public static partial void UpkeepFailed(this ILogger logger, Exception e);

    [LoggerMessage(LogLevel.Critical, "The journal of groups and offsets could not be flushed: commits are refused until the next start")]
    public static partial void CouldNotFlushGroups(this ILogger logger, Exception e);

    [LoggerMessage(LogLevel.Error, "{Path} could not be closed cleanly; it is checked at the next start")]
    public static partial void CouldNotClose(this ILogger logger, Exception e, string path);
}
