using Fink.Kafka.Broker.Configuration;
using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Hosting;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker;

/// <summary>
/// A single-node broker that speaks Kafka's protocol, in this process. One node, no replication: beyond one machine use Apache Kafka.
/// </summary>
public sealed partial class EmbeddedBroker : IAsyncDisposable
{
    private readonly BrokerState _state;
    private readonly BrokerListeners _listeners;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _stopping = new(1, 1);
    private bool _isStopped;

    private EmbeddedBroker(BrokerState state, BrokerListeners listeners, ILogger logger)
    {
        _state = state;
        _listeners = listeners;
        _logger = logger;
        Endpoints = listeners.Endpoints;
    }

    /// <summary>The data directory's, for life.</summary>
    public string ClusterId => _state.Services.ClusterId;

    /// <summary>In the order of <c>listeners</c>, with the ports that they really have.</summary>
    public IReadOnlyList<BrokerEndpoint> Endpoints { get; }

    /// <summary>Of the first listener: <c>host:port</c>.</summary>
    public string BootstrapServers => Endpoints[0].ToString();

    internal BrokerServices Services => _state.Services;

    /// <summary>Serves clients when it returns.</summary>
    /// <exception cref="BrokerException">It cannot start; nothing is left open.</exception>
    public static async Task<EmbeddedBroker> StartAsync(BrokerOptions options, CancellationToken cancellationToken = default)
    {
        var logger = options.Loggers.CreateLogger<EmbeddedBroker>();
        var (configs, settings) = Read(options.Properties);
        var state = await BrokerState.OpenAsync(options, configs, settings);
        BrokerListeners? listeners = null;
        try
        {
            listeners = await BrokerListeners.BindAsync(state.Services, cancellationToken);
            var broker = new EmbeddedBroker(state, listeners, logger);
            options.BeforeServing?.Invoke(broker);
            listeners.Start();
            LogStarted(logger, broker.ClusterId, settings.NodeId, string.Join(", ", broker.Endpoints));
            return broker;
        }
        catch
        {
            if (listeners is not null) await listeners.DisposeAsync();
            await UndoAsync(state);
            throw;
        }
    }

    /// <summary>
    /// Takes no more requests, finishes or cuts those under way, and puts everything on disk: within seconds. Cancellation makes it cut
    /// at once.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _stopping.WaitAsync(CancellationToken.None);
        try
        {
            if (!_isStopped) await CloseAsync(cancellationToken);
        }
        finally
        {
            _stopping.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        _isStopped = true;
        try
        {
            await _listeners.StopAsync(cancellationToken);
            await _state.StopAsync(cancellationToken);
            LogStopped(_logger, ClusterId);
        }
        finally
        {
            await _listeners.DisposeAsync();
            await _state.DisposeAsync();
        }
    }

    /// <summary>Nobody was served: the next start finds the directory as this one did, its clean stop included.</summary>
    private static async Task UndoAsync(BrokerState state)
    {
        try
        {
            await state.StopAsync(CancellationToken.None);
        }
        finally
        {
            await state.DisposeAsync();
        }
    }

    private static (BrokerConfigs Configs, BrokerSettings Settings) Read(IReadOnlyDictionary<string, string> properties)
    {
        try
        {
            var configs = BrokerConfigs.Parse(properties);
            return (configs, BrokerSettings.Of(configs));
        }
        catch (BrokerConfigurationException e)
        {
            throw new BrokerException(BrokerFailure.Options, e.Mistakes, e);
        }
    }

    [LoggerMessage(LogLevel.Information, "Cluster {ClusterId}, node {NodeId}, serves at {Endpoints}")]
    private static partial void LogStarted(ILogger logger, string clusterId, int nodeId, string endpoints);

    [LoggerMessage(LogLevel.Information, "Cluster {ClusterId} is stopped, all of it on disk")]
    private static partial void LogStopped(ILogger logger, string clusterId);
}
