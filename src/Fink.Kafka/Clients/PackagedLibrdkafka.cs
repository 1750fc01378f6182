using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Fink.Kafka.Clients;

/// <summary>
/// Makes Confluent.Kafka use the librdkafka of its own package. Left to itself it tries one build that wants a libsasl2
/// which Debian and Ubuntu do not have, and then takes whatever librdkafka the system has: an old one, whose missing
/// functions end the process with a segmentation fault.
/// </summary>
internal static class PackagedLibrdkafka
{
    private const string Name = "librdkafka";

    /// <summary>In the order of what they can do: with Kerberos, without, and for musl.</summary>
    private static readonly string[] LinuxBuilds = ["librdkafka.so", "centos8-librdkafka.so", "alpine-librdkafka.so"];

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must come before the first client, whoever makes it.")]
    internal static void Choose()
    {
        if (OperatingSystem.IsLinux())
        {
            NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
        {
            return 0;
        }

        foreach (var file in Folders().SelectMany(folder => LinuxBuilds.Select(build => Path.Combine(folder, build))))
        {
            if (File.Exists(file) && NativeLibrary.TryLoad(file, out var library))
            {
                return library;
            }
        }

        // Zero: the runtime goes on with its own search.
        return 0;
    }

    private static IEnumerable<string> Folders()
    {
        var native = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return [.. native.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), AppContext.BaseDirectory];
    }
}
