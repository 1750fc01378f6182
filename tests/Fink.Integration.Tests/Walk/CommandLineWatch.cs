using System.Collections.Concurrent;

namespace Fink.Integration.Tests.Walk;

/// <summary>Collects the arguments of every process of this machine, as any user could.</summary>
internal sealed class CommandLineWatch : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _task;

    public CommandLineWatch() => _task = Task.Run(WatchAsync);

    public string Text => string.Join('\n', _seen.Keys);

    public void Dispose()
    {
        _end.Cancel();
        _task.Wait();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsDigit(Path.GetFileName(folder)[0])))
            {
                if (Read(Path.Combine(process, "cmdline")) is { } arguments)
                {
                    _seen.TryAdd(arguments, true);
                }
            }

            await Task.WhenAny(Task.Delay(10, _end.Token));
        }
    }

    /// <summary>Null for a process that ended meanwhile.</summary>
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
