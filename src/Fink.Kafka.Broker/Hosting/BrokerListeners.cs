using Fink.Kafka.Broker.Dispatch;
using Fink.Kafka.Broker.Listeners;
using Fink.Kafka.Broker.Security.Sasl;
using Fink.Kafka.Broker.Security.Scram;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Hosting;

/// <summary>All listeners of a broker: bound together, started together, stopped together.</summary>
internal sealed class BrokerListeners : IAsyncDisposable
{
    private static readonly TimeSpan TimeToFinish = TimeSpan.FromSeconds(3);

    private readonly List<Listener> _listeners = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ListenerServices _services;

    private BrokerListeners(ListenerServices services)
    {
        _services = services;
    }

    public IReadOnlyList<BrokerEndpoint> Endpoints => _listeners.ConvertAll(listener => listener.Endpoint);

    /// <summary>It has its ports when it returns, and no client can connect before it is started.</summary>
    /// <exception cref="BrokerException">An address or the certificate cannot be used; nothing is left open.</exception>
    public static async Task<BrokerListeners> BindAsync(BrokerServices broker, CancellationToken cancellationToken)
    {
        var settings = broker.Settings;
        var certificate = settings.Listeners.Any(listener => listener.Protocol.IsEncrypted()) ? ServerCertificate.Load(settings.Tls) : null;
        var listeners = new BrokerListeners(Share(broker));
        try
        {
            var factory = new ListeningSocketFactory(broker.Time, listeners._services.Logger);
            foreach (var listener in settings.Listeners)
            {
                var (sockets, port) = await ListenerBinding.BindAsync(factory, listener, cancellationToken);
                var shown = listener.Protocol.IsEncrypted() ? certificate : null;
                listeners._listeners.Add(new Listener(listener, sockets, port, shown, listeners._services));
            }

            return listeners;
        }
        catch
        {
            await listeners.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="BrokerException">A port was taken since it was bound.</exception>
    public void Start()
    {
        _listeners.ForEach(listener => listener.Listen());
        _listeners.ForEach(listener => listener.Start(_stopping.Token));
    }

    /// <summary>Waits are cut, requests under way are finished; who has not taken its answer in time is cut, too.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners) await listener.UnbindAsync();
        await _stopping.CancelAsync();
        var closed = Task.WhenAll(_listeners.Select(listener => listener.WhenAllClosed()));
        try
        {
            await closed.WaitAsync(TimeToFinish, _services.Time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _services.Connections.Abort();
            await closed;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners) await listener.CloseAsync();
        _services.Connections.Dispose();
        _stopping.Dispose();
    }

    private static ListenerServices Share(BrokerServices broker)
    {
        var logger = broker.Loggers.CreateLogger<Listener>();
        var configs = broker.Configs;
        var files = FileLimit.ForConnections();
        var connections = new ConnectionTable(
            () => (Math.Min(configs.Broker.Int("max.connections"), files), configs.Broker.Int("max.connections.per.ip")), broker.Time, broker.ClientLog);
        var decoys = new DecoyCredentials([.. broker.Metadata.Image.DecoySecret]);
        return new ListenerServices(
            broker.Settings,
            ApiHandlers.Route(broker),
            new SaslMechanisms(broker.Settings.SaslMechanisms, broker.Metadata, decoys),
            connections,
            new MemoryBudget(broker.Settings.MaxQueuedBytes),
            broker.ClientLog,
            broker.Time,
            logger);
    }
}
