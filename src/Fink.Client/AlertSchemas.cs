using System.Globalization;

namespace Fink.Client;

/// <summary>
/// Schemas for messages that do not bring their own: one for all of them, or one for each version that a key can name.
/// </summary>
public sealed class AlertSchemas
{
    private const string IdPrefix = "schema-";

    private readonly Dictionary<int, AlertSchema> _byId = [];
    private readonly Dictionary<string, AlertSchema> _byVersion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertSchema> _byFingerprint = new(StringComparer.Ordinal);
    private readonly AlertSchema? _forAll;
    private readonly string? _folder;

    private AlertSchemas(AlertSchema? forAll, IEnumerable<(string Name, AlertSchema Schema)> files)
    {
        _forAll = forAll;
        Add(files);
        if (forAll is not null)
        {
            _byFingerprint[forAll.Fingerprint] = forAll;
        }
    }

    private AlertSchemas(string folder, IEnumerable<(string Name, AlertSchema Schema)> files)
    {
        _folder = folder;
        Add(files);
    }

    /// <summary>Every message brings its own.</summary>
    public static AlertSchemas None { get; } = new(forAll: null, []);

    /// <param name="json">An Avro schema, for all messages without their own.</param>
    /// <exception cref="AlertReadException">It is none.</exception>
    public static AlertSchemas Parse(string json) => new(Parsed(json, "the schema given"), []);

    /// <param name="path">
    /// A file, for all messages without their own; or a folder of `.avsc` files, each for the version at the end of its
    /// name: `distribution_schema_fink_ztf_2.7_3.10.1.avsc` is for the key `2.7_3.10.1`. In either case `schema-ID.avsc`, in
    /// the folder or beside the file, is for values that name their schema by that id.
    /// </param>
    /// <exception cref="AlertReadException">It cannot be read, or is no schema.</exception>
    public static AlertSchemas Load(string path)
    {
        try
        {
            return Directory.Exists(path)
                ? new(path, Files(path, "*.avsc"))
                : new(Read(path), Files(Path.GetDirectoryName(Path.GetFullPath(path))!, IdPrefix + "*.avsc"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlertReadException(AlertReadFailure.Invalid, $"Cannot read the schema {path}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    internal AlertSchema? OfId(int id) => _byId.GetValueOrDefault(id);

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

    private static IEnumerable<(string Name, AlertSchema Schema)> Files(string folder, string pattern) =>
        Directory.GetFiles(folder, pattern).Select(file => (Path.GetFileNameWithoutExtension(file), Read(file)));

    private void Add(IEnumerable<(string Name, AlertSchema Schema)> files)
    {
        foreach (var (name, schema) in files)
        {
            _byVersion[name] = schema;
            _byFingerprint[schema.Fingerprint] = schema;
            if (name.StartsWith(IdPrefix, StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                _byId[id] = schema;
            }
        }
    }

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
