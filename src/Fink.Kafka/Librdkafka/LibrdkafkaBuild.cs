using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Fink.Librdkafka;

/// <summary>
/// Which librdkafka is loaded: only ever the one of our own package. Its usual build for Linux needs libsasl2.so.3,
/// which Debian and Ubuntu do not have; .NET would then quietly take a librdkafka of the system, of whatever age, and
/// crash in it. The package's other builds need no such library. Compiled into every assembly that makes clients.
/// </summary>
internal static class LibrdkafkaBuild
{
    private static readonly Lock Once = new();
    private static bool _isChosen;

    /// <summary>Runs before the first client, whoever of the assembly makes it.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must come before the first client, whoever makes it.")]
    internal static void Choose()
    {
        lock (Once)
        {
            if (_isChosen || !OperatingSystem.IsLinux())
            {
                return;
            }

            _isChosen = true;
            try
            {
                NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);
            }
            catch (InvalidOperationException)
            {
                // An assembly has one resolver: the program that uses this library has chosen already.
                return;
            }
        }
    }

    /// <summary>For an assembly's own calls into `librdkafka`: see <see cref="NativeLibrary.SetDllImportResolver"/>.</summary>
    public static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != "librdkafka" || !OperatingSystem.IsLinux())
        {
            return 0;
        }

        foreach (var path in Folders().SelectMany(_ => Builds(), (folder, build) => Path.Combine(folder, build)))
        {
            if (File.Exists(path) && NativeLibrary.TryLoad(path, out var handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException("None of the librdkafka builds beside this program can be loaded.");
    }

    private static string[] Builds() =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
            ? ["alpine-librdkafka.so"]
            : ["librdkafka.so", "centos8-librdkafka.so"];

    private static IEnumerable<string> Folders()
    {
        var known = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        var rid = $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        return known.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", rid, "native"))
            .Append(AppContext.BaseDirectory);
    }
}
