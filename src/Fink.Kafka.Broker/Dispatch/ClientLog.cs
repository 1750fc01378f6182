using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fink.Kafka.Broker.Dispatch;

/// <summary>
/// The log, for lines that a client brings about: so many of each address in a minute, for a hostile one must not fill the disk with
/// them. Safe for any number of threads.
/// </summary>
internal sealed partial class ClientLog(ILogger logger, TimeProvider time)
{
    public const int LinesOfAddress = 10;

    /// <summary>All beyond them share the lines of one.</summary>
    private const int MostAddresses = 100;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _lines = [];
    private long _begin = time.GetTimestamp();

    /// <summary>Takes one line; nothing takes it where the address has had all of its own.</summary>
    public ILogger LineOf(IPAddress address)
    {
        int line;
        lock (_gate)
        {
            if (time.GetElapsedTime(_begin) >= Period)
            {
                _lines.Clear();
                _begin = time.GetTimestamp();
            }

            var whose = _lines.ContainsKey(address) || _lines.Count < MostAddresses ? address : IPAddress.None;
            line = _lines.GetValueOrDefault(whose) + 1;
            _lines[whose] = Math.Min(line, LinesOfAddress + 1);
        }

        if (line == LinesOfAddress) LogLast(logger, address, LinesOfAddress);
        return line < LinesOfAddress ? logger : NullLogger.Instance;
    }

    [LoggerMessage(LogLevel.Warning, "{Address} brought about {Lines} lines within a minute: what it does is not logged before the next one")]
    private static partial void LogLast(ILogger logger, IPAddress address, int lines);
}
