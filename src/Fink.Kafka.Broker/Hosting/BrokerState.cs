using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Groups;
using Fink.Kafka.Broker.Metadata;
using Fink.Kafka.Broker.Metadata.Configs;
using Fink.Kafka.Broker.Metadata.Topics;
using Fink.Kafka.Broker.Security.Acls;
using Fink.Kafka.Broker.Storage;
using Fink.Kafka.Broker.Storage.Directories;
using Fink.Kafka.Broker.Storage.Disks;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Hosting;

/// <summary>All that a broker keeps, opened in order and closed in the opposite one.</summary>
internal sealed class BrokerState : IAsyncDisposable
{
    private readonly DataDirectory _data;

    private BrokerState(DataDirectory data, BrokerServices services)
    {
        _data = data;
        Services = services;
    }

    public BrokerServices Services { get; }

    /// <exception cref="BrokerException">The data directory cannot be used; it is as it was.</exception>
    public static async Task<BrokerState> OpenAsync(BrokerOptions options, BrokerConfigs configs, BrokerSettings settings)
    {
        var stack = new Stack<IAsyncDisposable>();
        try
        {
            var logger = options.Loggers.CreateLogger<DataDirectory>();
            var data = DataDirectory.Open(new LocalDisk(), options.DataDirectory, settings.NodeId, logger.JournalSays);
            stack.Push(new Closing(data));
            return new BrokerState(data, Open(data, options, configs, settings, stack));
        }
        catch (Exception e)
        {
            while (stack.TryPop(out var opened)) await opened.DisposeAsync();
            if (e is not (IOException or InvalidDataException or UnauthorizedAccessException)) throw;
            throw new BrokerException(BrokerFailure.DataDirectory, e.Message, e);
        }
    }

    /// <summary>When no request is served any more: groups let go, everything flushed.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Services.Groups.Dispose();
        await Services.Logs.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Services.Groups.Dispose();
        await Services.Logs.DisposeAsync();
        _data.Dispose();
    }

    private static BrokerServices Open(
        DataDirectory data, BrokerOptions options, BrokerConfigs atStart, BrokerSettings settings, Stack<IAsyncDisposable> stack)
    {
        var metadata = MetadataStore.Open(data.Metadata, StartMetadata.OfNewDirectory(options));
        metadata.Update<bool>(image => (StartMetadata.OfEveryStart(options, image), true));
        var configs = new LiveConfigs(atStart, settings.NodeId, metadata);
        var logs = LogDirectory.Open(
            data, metadata.Image, configs, settings.Logs(options.Time), settings.Upkeep, options.Loggers.CreateLogger<LogDirectory>());
        stack.Push(logs);
        var logConfiguration = new LogConfiguration(metadata, logs);
        var groups = new GroupCoordinator(data.Groups, settings.Groups, options.Time, options.Loggers.CreateLogger<GroupCoordinator>());
        stack.Push(new Closing(groups));
        groups.Offsets.ForgetTopics(topic => !metadata.Image.Topics.ContainsKey(topic));
        return new BrokerServices
        {
            ClusterId = data.Identity.ClusterId,
            Settings = settings,
            Configs = configs,
            Metadata = metadata,
            Logs = logs,
            Authorizer = settings.SuperUsers is { } superUsers
                ? new Authorizer(superUsers, settings.AllowIfNoAcl, () => metadata.Image.Acls)
                : Authorizer.None,
            Topics = new TopicLifecycle(metadata, logs, logConfiguration, configs, gone => groups.Offsets.ForgetTopics(gone.Contains)),
            ConfigChanges = new ConfigChanges(metadata, logConfiguration, configs),
            Groups = groups,
            Time = options.Time,
            ClientLog = new ClientLog(options.Loggers.CreateLogger<ClientLog>(), options.Time),
            Loggers = options.Loggers,
        };
    }

    private sealed class Closing(IDisposable resource) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            resource.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
