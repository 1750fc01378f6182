using Fink.Kafka.Broker.Storage.Disks;
using Fink.Kafka.Broker.Storage.Logs.Recovery;
using Fink.Kafka.Protocol;

namespace Fink.Kafka.Broker.Storage.Logs;

/// <summary>
/// The contents of a partition's log, and whether they may be used: loaded by the first use, let go when the log is closed or its disk
/// fails it. One lock guards both.
/// </summary>
/// <param name="lost">Is told, outside the lock, when the log has gone offline.</param>
internal sealed class LogAccess(IDisk disk, string folder, LogConfig config, LogSettings settings, Action lost)
{
    private readonly UnloadedLog _unloaded = new(disk, folder);
    private LogConfig _config = config;
    private string? _offlineReason;

    public Lock Gate { get; } = new();

    public LogSettings Settings => settings;

    public LogConfig Config
    {
        get => Volatile.Read(ref _config);
        set => Volatile.Write(ref _config, value);
    }

    /// <summary>Why the partition is offline; null while it is not.</summary>
    public string? OfflineReason => Volatile.Read(ref _offlineReason);

    /// <summary>Null before the first use, and once the log cannot be used. Asked for under the lock.</summary>
    public LogContents? Loaded { get; private set; }

    /// <summary>Why <see cref="Load"/> gave nothing. Asked for under the lock.</summary>
    public ErrorCode Refusal { get; private set; }

    public long NowMs => settings.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Null where the log cannot be used. Called under the lock.</summary>
    /// <exception cref="IOException">The files cannot be read, or not be trusted.</exception>
    public LogContents? Load()
    {
        if (Refusal != ErrorCode.None) return null;

        return Loaded ??= new LogRecovery(disk, folder, Config, settings).Load();
    }

    public VisibleRange Visible(LogContents contents) => new(contents, settings.FlushPolicy);

    public T Guard<T>(T otherwise, Func<LogContents, T> operation) =>
        Guard(otherwise, operation, static (_, contents, operation) => operation(contents));

    public T Guard<T, TArgument>(T otherwise, TArgument argument, Func<LogAccess, LogContents, TArgument, T> operation)
    {
        try
        {
            lock (Gate) return Load() is { } contents ? operation(this, contents, argument) : otherwise;
        }
        catch (IOException e)
        {
            Failed(e);
            return otherwise;
        }
    }

    /// <summary>What the files say without loading; null where the log is loaded, has to be, or cannot be.</summary>
    public T? WhileUnloaded<T>(Func<UnloadedLog, (LogConfig Config, long Ms), T?> question)
        where T : struct
    {
        try
        {
            lock (Gate) return Loaded is null && Refusal == ErrorCode.None ? question(_unloaded, (Config, NowMs)) : null;
        }
        catch (IOException e)
        {
            Failed(e);
            return null;
        }
    }

    /// <summary>Called outside the lock.</summary>
    /// <returns>What to answer whoever asked for what failed.</returns>
    public ErrorCode Failed(IOException e)
    {
        bool isLost;
        lock (Gate) isLost = TakeOfflineIfLost(e);

        if (isLost) lost();
        return WhyUnusable();
    }

    /// <summary>A full disk is an answer; a damaged file, or one of which nobody knows what is in it, is the end. Called under the lock.</summary>
    public bool TakeOfflineIfLost(IOException e)
    {
        if (e is not (StorageException or UncertainStateException))
        {
            settings.Trouble?.Refused(folder, e);
            return false;
        }

        if (Refusal != ErrorCode.None) return true;

        Volatile.Write(ref _offlineReason, e.Message);
        LetGo(ErrorCode.KafkaStorageError);
        settings.Report?.Invoke($"{folder} is offline: {e.Message}");
        return true;
    }

    /// <summary>Closes the files. Called under the lock.</summary>
    public void LetGo(ErrorCode because)
    {
        Loaded?.Dispose();
        Loaded = null;
        if (Refusal == ErrorCode.None) Refusal = because;
    }

    public ErrorCode WhyUnusable()
    {
        lock (Gate) return Refusal == ErrorCode.None ? ErrorCode.KafkaStorageError : Refusal;
    }
}
