using System.Collections.Concurrent;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Partitions;
using Fink.Kafka.Broker.Storage.Directories;
using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Storage;

/// <summary>
/// The logs of all partitions, and what is done with them in the background. A log that its disk fails is offline by itself; the
/// others go on.
/// </summary>
internal sealed class LogDirectory : ITopicLogs, IPartitionLogs, IAsyncDisposable
{
    private const int ClosedAtOnce = 4;

    private readonly ConcurrentDictionary<Guid, PartitionLog[]> _logs = new();
    private readonly Lock _changing = new();
    private readonly DataDirectory _data;
    private readonly TopicFolders _folders;
    private readonly LiveConfigs _configs;
    private readonly LogSettings _settings;
    private readonly ILogger _logger;
    private readonly LogConfig _unset;
    private readonly Upkeep _upkeep;

    private LogDirectory(DataDirectory data, LiveConfigs configs, LogSettings settings, UpkeepIntervals intervals, ILogger logger)
    {
        (_data, _configs, _logger) = (data, configs, logger);
        _settings = settings with { Report = logger.LogSays, Trouble = new("records", settings.Time, logger.DiskSays) };
        _folders = new TopicFolders(data.Disk, data.TopicsFolder);
        _unset = LogConfig.From(configs.Of(new Topic("", Guid.Empty, 0, [])));
        _upkeep = new Upkeep(this, _folders, data.Groups, intervals, settings.Time, logger);
    }

    public string Path => _data.Path;

    public IEnumerable<PartitionLog> All => _logs.Values.SelectMany(logs => logs);

    /// <summary>The logs of the topics that there are; each is opened when it is first used.</summary>
    /// <exception cref="IOException">The topics' folders cannot be listed or made.</exception>
    public static LogDirectory Open(
        DataDirectory data,
        MetadataImage image,
        LiveConfigs configs,
        LogSettings settings,
        UpkeepIntervals intervals,
        ILogger<LogDirectory> logger)
    {
        var directory = new LogDirectory(data, configs, settings, intervals, logger);
        var found = directory._folders.Reconcile(image);
        if (!data.WasStoppedCleanly) logger.NotStoppedCleanly(data.Path);
        foreach (var (topic, missing) in found.Missing) logger.LacksFolders(topic.Name, missing, topic.Partitions, directory._folders.Of(topic.Id));
        foreach (var stray in found.Strays) logger.KeptStray(stray);
        foreach (var (topic, folder) in found.TakenBack) logger.TookBack(topic.Name, folder);
        foreach (var (stray, topic, inTheWay) in found.Hindered) logger.CouldNotTakeBack(stray, topic.Name, inTheWay);
        foreach (var topic in image.TopicsById.Values) directory.Add(topic);
        directory._upkeep.Start(found.Marked);
        return directory;
    }

    /// <exception cref="IOException">The volume does not say.</exception>
    public VolumeSpace Space() => _data.Disk.SpaceOf(_data.Path);

    public PartitionLog? Find(Topic topic, int partition) =>
        (uint)partition < (uint)topic.Partitions && _logs.TryGetValue(topic.Id, out var logs) && partition < logs.Length
            ? logs[partition]
            : null;

    public void Create(Topic topic)
    {
        lock (_changing)
        {
            _folders.Create(topic, from: _logs.GetValueOrDefault(topic.Id, []).Length);
            Add(topic);
            TellWhetherCompacted(topic);
        }
    }

    public void Delete(Topic topic)
    {
        lock (_changing)
        {
            if (_logs.TryRemove(topic.Id, out var logs)) Array.ForEach(logs, log => log.Abandon());
            try
            {
                if (_folders.MarkDeleted(topic.Id) is { } marked) _upkeep.Remove(marked);
            }
            catch (IOException e)
            {
                _logger.CouldNotMarkDeleted(e, topic.Name, _folders.Of(topic.Id));
            }
        }
    }

    public void Configure(Topic topic)
    {
        lock (_changing)
        {
            if (!_logs.TryGetValue(topic.Id, out var logs)) return;

            var config = ConfigOf(topic);
            var wasCompacted = logs[0].Config.IsCompacted;
            Array.ForEach(logs, log => log.Configure(config));
            if (!wasCompacted) TellWhetherCompacted(topic);
        }
    }

    /// <summary>Flushes and closes everything, when nobody appends or commits any more: the next start finds nothing to recover.</summary>
    /// <exception cref="OperationCanceledException">There was no time for it: what was acknowledged is there, and is checked at the next start.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _upkeep.DisposeAsync().AsTask().WaitAsync(cancellationToken);
        await Parallel.ForEachAsync(
            All,
            new ParallelOptions { MaxDegreeOfParallelism = ClosedAtOnce, CancellationToken = cancellationToken },
            async (log, _) => await log.CloseAsync());
        try
        {
            _data.MarkCleanStop();
        }
        catch (IOException e)
        {
            _logger.CouldNotClose(e, _data.Path);
        }
    }

    /// <summary>Ends the work in the background; without <see cref="StopAsync"/> before it, the rest is as after a crash.</summary>
    public ValueTask DisposeAsync() => _upkeep.DisposeAsync();

    private void Add(Topic topic)
    {
        var known = _logs.GetValueOrDefault(topic.Id, []);
        if (known.Length >= topic.Partitions) return;

        var config = ConfigOf(topic);
        var logs = new PartitionLog[topic.Partitions];
        known.CopyTo(logs, 0);
        for (var partition = known.Length; partition < logs.Length; partition++)
        {
            logs[partition] = new PartitionLog(_data.Disk, _folders.Of(topic.Id, partition), config, _settings);
        }

        _logs[topic.Id] = logs;
    }

    private void TellWhetherCompacted(Topic topic)
    {
        var config = _logs[topic.Id][0].Config;
        if (!config.IsCompacted) return;

        var (policy, consequence) = config.DeletesOldSegments
            ? ("compact,delete", "old records are deleted as with delete alone")
            : ("compact", "every record is kept");
        _logger.DoesNotCompact(topic.Name, policy, consequence);
    }

    /// <summary>Most topics have nothing set, and share what then counts.</summary>
    private LogConfig ConfigOf(Topic topic)
    {
        var config = LogConfig.From(_configs.Of(topic));
        return config == _unset ? _unset : config;
    }
}
