namespace Fink.Client;

/// <summary>Writes one Avro container file an alert: `OBJECTID_CANDID.avro`, `DIASOURCEID.avro`.</summary>
public sealed class AlertFileWriter(string folder, bool overwrite = false)
{
    private readonly string _folder = folder;
    private readonly bool _overwrite = overwrite;

    /// <summary>Writes beside and renames. An id that is no plain file name is escaped, so that nothing leaves the folder.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="AlertFileExistsException">There is such a file, and overwriting was not asked for.</exception>
    public string Write(Alert alert) => throw new NotImplementedException();
}

/// <summary>A file of that name is there already; it was left as it is.</summary>
public sealed class AlertFileExistsException(string path)
    : IOException($"{path} exists already and was left as it is; give another folder or allow overwriting.")
{
    public string Path { get; } = path;
}
