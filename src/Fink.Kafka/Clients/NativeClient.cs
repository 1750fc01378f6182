using System.Reflection;
using System.Runtime.InteropServices;
using Fink.Librdkafka;

namespace Fink.Kafka.Clients;

/// <summary>The librdkafka of our own package, for an assembly that calls it itself.</summary>
public static class NativeClient
{
    /// <summary>Makes Confluent.Kafka take it. To be called before the first client; any number of times.</summary>
    public static void Choose() => LibrdkafkaBuild.Choose();

    /// <summary>Answers for the name `librdkafka`: see <see cref="NativeLibrary.SetDllImportResolver"/>.</summary>
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        LibrdkafkaBuild.Resolve(name, assembly, searchPath);
}
