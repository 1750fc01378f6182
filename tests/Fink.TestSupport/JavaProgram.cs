using System.ComponentModel;
using System.Diagnostics;

namespace Fink.TestSupport;

/// <summary>A Java program in one file that is run against the classes of the shared folder's Apache Kafka 3.9.</summary>
public static class JavaProgram
{
    /// <summary>Without the JVM's second compiler, of which what lives for seconds sees the cost alone: 2.3 instead of 3.8 CPU seconds for a broker's start.</summary>
    public const string QuickStart = "-XX:TieredStopAtLevel=1";

    /// <param name="file">A source file, or the name of one of Kafka's own classes.</param>
    /// <summary>What the program prints. Skips the running test where Java or that Kafka is absent.</summary>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public static async Task<string> RunAsync(string file, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var libraries = SharedFolder.Require("kafka/3.9/libs");
        var start = new ProcessStartInfo("java", [QuickStart, "-cp", Path.Combine(libraries, "*"), file, .. arguments]) { RedirectStandardOutput = true };
        using var java = Start(start);
        var text = await java.StandardOutput.ReadToEndAsync(cancellationToken);
        await java.WaitForExitAsync(cancellationToken);
        return java.ExitCode == 0 ? text : throw new InvalidOperationException($"{file} ended with {java.ExitCode}");
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception notThere)
        {
            throw SkippedException.Because($"no java: {notThere.Message}");
        }
    }
}
