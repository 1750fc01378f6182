using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Fink.TestSupport.Terminals;

/// <summary>A terminal without a window, and the program that runs in it: what it shows, and keys typed to it.</summary>
public sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int NotOurTerminal = 0x100;

    private readonly FileStream _keyboard;
    private readonly SafeFileHandle _display;
    private readonly Process _process;
    private readonly Task _reading;
    private readonly StringBuilder _shown = new();
    private readonly SemaphoreSlim _news = new(0);

    /// <summary>Starts a shell command whose three streams are the terminal; a redirection in it takes one away.</summary>
    public PseudoTerminal(string command, int columns, IReadOnlyDictionary<string, string> environment)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/setsid"))
        {
            throw SkippedException.Because("a pseudo-terminal is opened on Linux, with setsid");
        }

        var (handle, device) = Open();
        _keyboard = new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0);
        // A new session takes the first terminal that it opens for its own.
        // Ctrl-C reaches it also where these tests run in a shell's background, which ignores SIGINT.
        var start = new ProcessStartInfo("/usr/bin/setsid", ["--wait", "env", "--default-signal=INT", "sh", "-c", $"exec <>{device} >&0 2>&0; stty cols {columns} rows 24; {command}"]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // Held open until the program has it too: a terminal that nobody has open reads as ended.
        _display = OpenDevice(device, ReadWrite | NotOurTerminal);
        _process = Process.Start(start)!;
        _reading = Task.Run(Read);
    }

    /// <summary>All that was written to the terminal so far, control codes too.</summary>
    public string Shown
    {
        get
        {
            lock (_shown)
            {
                return _shown.ToString();
            }
        }
    }

    /// <summary>Waits for a text to be shown; the test's own time limit ends a wait for nothing.</summary>
    public async Task UntilShownAsync(string text, CancellationToken cancellationToken)
    {
        while (!Shown.Contains(text, StringComparison.Ordinal))
        {
            if (_reading.IsCompleted)
            {
                throw new InvalidOperationException($"the program ended without showing '{text}': {Shown}");
            }

            await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Type(string keys) => _keyboard.Write(Encoding.UTF8.GetBytes(keys));

    /// <returns>The exit code, when all is shown.</returns>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        _display.Dispose();
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _display.Dispose();
        _keyboard.Dispose();
        _news.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[4096];
        var decoder = Encoding.UTF8.GetDecoder();
        var chars = new char[buffer.Length];
        try
        {
            while (_keyboard.Read(buffer) is > 0 and var count)
            {
                lock (_shown)
                {
                    _shown.Append(chars, 0, decoder.GetChars(buffer, 0, count, chars, 0));
                }

                _display.Dispose();
                _news.Release();
            }
        }
        catch (IOException)
        {
            // How Linux says that the last program closed the terminal.
        }
        finally
        {
            _news.Release();
        }
    }

    private static (SafeFileHandle Handle, string Device) Open()
    {
        var descriptor = OpenMaster(ReadWrite | NotOurTerminal);
        var name = new byte[128];
        if (descriptor < 0 || Grant(descriptor) != 0 || Unlock(descriptor) != 0 || NameOf(descriptor, name, name.Length) != 0)
        {
            throw SkippedException.Because("this machine gives no pseudo-terminal");
        }

        return (new SafeFileHandle(descriptor, ownsHandle: true), Encoding.ASCII.GetString(name).TrimEnd('\0'));
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenDevice(string path, int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int descriptor);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int descriptor);

    [LibraryImport("libc", EntryPoint = "ptsname_r")]
    private static partial int NameOf(int descriptor, [Out] byte[] name, nint size);
}
