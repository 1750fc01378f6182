using Confluent.Kafka;

namespace Fink.Kafka;

/// <summary>The native library that speaks to clusters.</summary>
public static class ClientLibrary
{
    /// <summary>Loads it, which the first client would do, and says its version.</summary>
    /// <exception cref="DllNotFoundException">No build of it beside this program runs on this system.</exception>
    public static string Load() => Library.VersionString;
}
