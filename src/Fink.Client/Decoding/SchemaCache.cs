using System.Text;
using Confluent.Kafka;

namespace Fink.Client.Decoding;

/// <summary>
/// The schema of each message, parsed once: the one given for the id that its value begins with; else the one in its key;
/// else the one that its `schema` header names, if that was given or seen before; else what was given for the version in its
/// key, or for all.
/// </summary>
internal sealed class SchemaCache(AlertSchemas given)
{
    // As many as a topic can reasonably have: see KnownKeys.
    private const int Capacity = 64;

    private readonly Dictionary<byte[], AlertSchema> _byText = new(KeyBytes.Comparer);

    /// <param name="id">What the value names its schema by; null where it does not.</param>
    /// <exception cref="FormatException">The key holds no schema, and none was given.</exception>
    public AlertSchema For(byte[]? key, Headers? headers, int? id = null)
    {
        if (id is { } number && given.OfId(number) is { } named)
        {
            return named;
        }

        return LooksLikeSchema(key) ? OfText(key) : Given(key, MessageHeaders.Text(headers, "schema"), id);
    }

    /// <param name="json">UTF-8.</param>
    /// <exception cref="FormatException">It is no schema of a record.</exception>
    public AlertSchema OfText(ReadOnlySpan<byte> json)
    {
        var known = _byText.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (known.TryGetValue(json, out var schema))
        {
            return schema;
        }

        if (_byText.Count == Capacity)
        {
            _byText.Clear();
        }

        return known[json] = AlertSchema.Parse(Encoding.UTF8.GetString(json));
    }

    private AlertSchema Given(byte[]? key, string? fingerprint, int? id)
    {
        var named = fingerprint is null ? null : given.OfFingerprint(fingerprint) ?? Seen(fingerprint);
        if (named is not null)
        {
            return named;
        }

        var version = key is null ? null : Shown(key);
        return given.OfVersion(version) ?? throw new FormatException(
            id is not null ? $"the value names its schema by the id {id}, so that the schema must be given{given.Describe()}"
            : version is null ? $"the message has no key, so that its schema must be given{given.Describe()}"
            : $"the key is not a schema but '{version}', so that the schema must be given{given.Describe()}");
    }

    private AlertSchema? Seen(string fingerprint) => _byText.Values.FirstOrDefault(schema => schema.Fingerprint == fingerprint);

    private static bool LooksLikeSchema(byte[]? key) =>
        key is not null && Array.Find(key, b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) == (byte)'{';

    private static string Shown(byte[] key)
    {
        const int longest = 40;
        var text = Encoding.UTF8.GetString(key, 0, Math.Min(key.Length, longest));
        return string.Concat(text.Where(c => !char.IsControl(c)));
    }
}
