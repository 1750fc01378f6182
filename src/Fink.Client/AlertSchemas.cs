namespace Fink.Client;

/// <summary>
/// Schemas for messages that do not bring their own: one for all of them, or one for each version that a key can name.
/// </summary>
public sealed class AlertSchemas
{
    private readonly Dictionary<string, AlertSchema> _byVersion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertSchema> _byFingerprint = new(StringComparer.Ordinal);
    private readonly AlertSchema? _forAll;
    private readonly string? _folder;

    private AlertSchemas(AlertSchema? forAll)
    {
        _forAll = forAll;
        if (forAll is not null)
        {
            _byFingerprint[forAll.Fingerprint] = forAll;
        }
    }

    private AlertSchemas(string folder, IEnumerable<(string Name, AlertSchema Schema)> files)
    {
        _folder = folder;
        foreach (var (name, schema) in files)
        {
            _byVersion[name] = schema;
            _byFingerprint[schema.Fingerprint] = schema;
        }
    }

    /// <summary>Every message brings its own.</summary>
    public static AlertSchemas None { get; } = new(forAll: null);

    /// <param name="json">An Avro schema, for all messages without their own.</param>
    /// <exception cref="AlertReadException">It is none.</exception>
    public static AlertSchemas Parse(string json) => new(Parsed(json, "the schema given"));

    /// <param name="path">
    /// A file, for all messages without their own; or a folder of `.avsc` files, each for the version at the end of its
    /// name: `distribution_schema_fink_ztf_2.7_3.10.1.avsc` is for the key `2.7_3.10.1`.
    /// </param>
    /// <exception cref="AlertReadException">It cannot be read, or is no schema.</exception>
    public static AlertSchemas Load(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? new(path, Directory.GetFiles(path, "*.avsc").Select(file => (Path.GetFileNameWithoutExtension(file), Read(file))))
                : new(Read(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, $"Cannot read the schema {path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    internal AlertSchema? OfFingerprint(string fingerprint) => _byFingerprint.GetValueOrDefault(fingerprint);

    internal AlertSchema? OfVersion(string? version)
    {
        if (_forAll is not null || string.IsNullOrEmpty(version))
        {
            return _forAll;
        }

        return _byVersion.GetValueOrDefault(version)
            ?? _byVersion.FirstOrDefault(named => named.Key.EndsWith("_" + version, StringComparison.Ordinal)).Value;
    }

    /// <summary>What was given and did not help, as the end of a sentence.</summary>
    internal string Describe() => _folder is null ? "" : $"; {_folder} has no .avsc file for it";

    private static AlertSchema Read(string file) => Parsed(File.ReadAllText(file), file);

    private static AlertSchema Parsed(string json, string source)
    {
        try
        {
            return AlertSchema.Parse(json);
        }
        catch (FormatException e)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, $"Cannot use {source}: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
