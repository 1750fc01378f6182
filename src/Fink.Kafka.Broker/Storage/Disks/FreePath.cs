namespace Fink.Kafka.Broker.Storage.Disks;

/// <summary>Where to put aside what must not replace what was put aside before.</summary>
internal static class FreePath
{
    /// <returns>The path, or, if something is there, it with the first free of .2, .3 ….</returns>
    public static string For(IDisk disk, string wanted)
    {
        var path = wanted;
        for (var again = 2; disk.FileExists(path); again++) path = $"{wanted}.{again}";
        return path;
    }
}
