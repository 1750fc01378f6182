namespace Fink.Integration.Tests.Cluster;

/// <summary>Reads every process's arguments again and again while a cluster starts, and afterwards looks for its secrets in them, in the logs and in file modes.</summary>
internal sealed class SecretsWatch : IDisposable
{
    private readonly string _dataDir;
    private readonly CancellationTokenSource _end = new();
    private readonly Task<HashSet<string>> _seen;

    public SecretsWatch(string dataDir)
    {
        _dataDir = dataDir;
        _seen = Task.Run(LookAsync);
    }

    /// <param name="atLeast">Three users, and the brokers' own secret where they have one.</param>
    public async Task RequireNothingSeenAsync(int atLeast)
    {
        await _end.CancelAsync();
        var arguments = await _seen;
        // It did look while the server ran.
        Assert.Contains(arguments, line => line.Contains(_dataDir, StringComparison.Ordinal));
        var secrets = Secrets();
        Assert.True(secrets.Count >= atLeast, $"{secrets.Count} secrets");
        var logs = Directory.EnumerateFiles(Path.Combine(_dataDir, "logs"), "*", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
        Assert.Contains(logs, text => text.Length > 0);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(arguments, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(logs, text => text.Contains(secret, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(_dataDir, "*", SearchOption.AllDirectories), IsReadableByOthers);
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private static bool IsReadableByOthers(string file)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0;
    }

    private HashSet<string> Secrets()
    {
        var files = Directory.EnumerateFiles(Path.Combine(_dataDir, "credentials"))
            .Concat(Directory.EnumerateFiles(Path.Combine(_dataDir, "config"), "*.properties"));
        return [.. files.SelectMany(File.ReadLines)
            .SelectMany(line => line.Split('"', '='))
            .Where(word => word.Length == 32 && word.All(char.IsAsciiLetterOrDigit))];
    }

    private async Task<HashSet<string>> LookAsync()
    {
        HashSet<string> seen = [];
        while (!_end.IsCancellationRequested && OperatingSystem.IsLinux())
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                try
                {
                    seen.Add((await File.ReadAllTextAsync(Path.Combine(process, "cmdline"))).Replace('\0', ' '));
                }
                catch (IOException e)
                {
                    // It ended meanwhile.
                    _ = e;
                }
            }

            await Task.Delay(20);
        }

        return seen;
    }
}
