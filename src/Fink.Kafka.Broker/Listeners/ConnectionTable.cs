using System.Net;
using Fink.Kafka.Broker.Dispatch;
using Microsoft.Extensions.Logging;

namespace Fink.Kafka.Broker.Listeners;

/// <summary>All open connections: how many there may be, and the end of those that keep the broker waiting too long.</summary>
internal sealed partial class ConnectionTable : IDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private readonly Func<(int All, int OfAddress)> _limits;
    private readonly ClientLog _log;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly HashSet<Connection> _open = [];
    private readonly Dictionary<IPAddress, int> _ofAddress = [];

    /// <param name="limits">The most of all, and of one address, at this moment.</param>
    public ConnectionTable(Func<(int All, int OfAddress)> limits, TimeProvider time, ClientLog log)
    {
        _limits = limits;
        _log = log;
        _timer = time.CreateTimer(_ => CloseOverdue(), null, Round, Round);
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>False where there are too many already.</summary>
    public bool TryAdd(Connection connection)
    {
        var (all, ofAddress) = _limits();
        lock (_gate)
        {
            var known = _ofAddress.GetValueOrDefault(connection.Address);
            if (_open.Count >= all || known >= ofAddress)
            {
                LogTooMany(_log.LineOf(connection.Address), connection.Address, _open.Count, known);
                return false;
            }

            _open.Add(connection);
            _ofAddress[connection.Address] = known + 1;
            return true;
        }
    }

    public void Remove(Connection connection)
    {
        lock (_gate)
        {
            if (!_open.Remove(connection)) return;
            var left = _ofAddress[connection.Address] - 1;
            if (left == 0) _ofAddress.Remove(connection.Address);
            else _ofAddress[connection.Address] = left;
        }
    }

    public void Abort()
    {
        foreach (var connection in Snapshot()) connection.Abort("the broker stops");
    }

    public void Dispose() => _timer.Dispose();

    private void CloseOverdue()
    {
        foreach (var connection in Snapshot())
        {
            if (connection.Patience.IsOver) connection.Abort("it has kept the broker waiting too long");
        }
    }

    private Connection[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _open];
        }
    }

    [LoggerMessage(LogLevel.Information, "No more connections, one from {Address} was closed: there are {All}, {OfAddress} of them from there")]
    private static partial void LogTooMany(ILogger logger, IPAddress address, int all, int ofAddress);
}
