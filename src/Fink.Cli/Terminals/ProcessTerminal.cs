using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Fink.Cli.Terminals;

/// <summary>The streams that this process was started with.</summary>
internal static class ProcessTerminal
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Terminal Open() => new()
    {
        // Console.In guards each read with a lock of its own and handles the terminal's line editing.
        In = Console.In,
        Out = new StreamWriter(OpenOutput(), Utf8, bufferSize: 16 * 1024) { AutoFlush = !Console.IsOutputRedirected },
        Error = new StreamWriter(new TerminalStream(Console.OpenStandardError()), Utf8) { AutoFlush = true },
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        IsUtf8 = IsUtf8(),
        Width = Console.IsOutputRedirected ? 120 : WindowWidth(),
        ErrorWidth = Console.IsErrorRedirected ? 120 : WindowWidth(),
        // .NET turns the terminal's echo off when it first looks for a key, and leaves it off: what is typed between the
        // prompt and that look would be shown.
        HideTyping = () => _ = Console.KeyAvailable,
        ReadKey = () => Console.ReadKey(intercept: true),
    };

    /// <summary>
    /// .NET's console stream hides that a pipe's reader is gone, so a pipe is written as a file. Only a pipe: a
    /// FileStream keeps a position of its own, which would overwrite what others wrote to the same file.
    /// </summary>
    private static Stream OpenOutput()
    {
        if (!Console.IsOutputRedirected)
        {
            return new TerminalStream(Console.OpenStandardOutput());
        }

        return new RedirectedStream(OpenRedirected());
    }

    private static Stream OpenRedirected()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }

    /// <summary>On Unix the locale says it, by the first of its variables that is set.</summary>
    private static bool IsUtf8()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OutputEncoding.CodePage == Utf8.CodePage;
        }

        string[] variables = ["LC_ALL", "LC_CTYPE", "LANG"];
        var locale = variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }

    private static int WindowWidth() => Console.WindowWidth is > 0 and var width ? width : 120;
}
