using System.Buffers.Binary;
using System.Security.Cryptography;
using Fink.Client;

namespace Fink.Cli.Commands.Alerts;

/// <summary>
/// What this run has written under which name. Two topics may hold one alert in two forms, such as without the columns that one of them
/// drops, and two alerts may have the same ids: then one of them has no file, and that is said.
/// </summary>
internal sealed class WrittenAlerts
{
    // Of each content as much as tells it from the others: a run may write millions.
    private readonly Dictionary<string, ulong> _contents = [];

    /// <summary>Alerts that came under the name of another one, or of another form of theirs.</summary>
    public long Others { get; private set; }

    public bool Has(string name) => _contents.ContainsKey(name);

    /// <summary>Compares it with the first one of its name, and counts it where it is another.</summary>
    /// <returns>Whether it is the first.</returns>
    public bool Add(string name, Alert alert)
    {
        var content = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(alert.Datum.Span));
        if (_contents.TryAdd(name, content))
        {
            return true;
        }

        Others += _contents[name] == content ? 0 : 1;
        return false;
    }

    /// <param name="kind">What is written: a file, a page.</param>
    /// <returns>Null where there was none.</returns>
    public string? Complaint(string kind) => Others switch
    {
        0 => null,
        1 => $"1 alert has no {kind} of its own: another one, or another topic's form of it, has the same name. Read each topic into a folder of its own",
        _ => $"{Others} alerts have no {kind} of their own: others, or other topics' forms of them, have the same names. Read each topic into a folder of its own",
    };
}
