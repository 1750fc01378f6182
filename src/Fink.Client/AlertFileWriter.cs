using Fink.Client.Files;

namespace Fink.Client;

/// <summary>Writes one Avro container file an alert: `OBJECTID_CANDID.avro`, `DIASOURCEID.avro`.</summary>
public sealed class AlertFileWriter
{
    private readonly string _folder;
    private readonly bool _overwrite;

    /// <param name="folder">Made if it is not there.</param>
    public AlertFileWriter(string folder, bool overwrite = false)
    {
        _folder = Path.GetFullPath(folder);
        _overwrite = overwrite;
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Writes beside and renames. An id that is no plain file name is escaped, so that nothing leaves the folder.</summary>
    /// <returns>The file's path.</returns>
    /// <exception cref="AlertFileExistsException">There is such a file, and overwriting was not asked for.</exception>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to; there is no half of a file.</exception>
    public string Write(Alert alert)
    {
        var path = Path.Combine(_folder, AlertFileName.For(alert, ".avro"));
        if (!_overwrite && File.Exists(path))
        {
            throw new AlertFileExistsException(path);
        }

        var partial = Path.Combine(_folder, $".{Guid.NewGuid():N}.partial");
        try
        {
            using (var file = File.Create(partial))
            {
                ContainerFile.Write(file, alert.Schema, alert.Datum.Span);
            }

            Publish(partial, path);
            return path;
        }
        catch (Exception e) when (e is (IOException and not AlertFileExistsException) or UnauthorizedAccessException)
        {
            // The name beside it is gone when somebody reads this.
            throw new IOException(e.Message.Replace(partial, path, StringComparison.Ordinal), e);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    private void Publish(string partial, string path)
    {
        try
        {
            File.Move(partial, path, _overwrite);
        }
        catch (IOException) when (!_overwrite && File.Exists(path))
        {
            throw new AlertFileExistsException(path);
        }
    }
}

/// <summary>A file of that name is there already; it was left as it is.</summary>
public sealed class AlertFileExistsException(string path)
    : IOException($"{path} exists already and was left as it is; give another folder or allow overwriting.")
{
    public string Path { get; } = path;
}
