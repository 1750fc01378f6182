using System.Text;
using Avro;
using Avro.Generic;

namespace Fink.Client.Decoding;

/// <summary>
/// One reader per distinct key: a schema of some kilobytes comes with every message and is parsed once.
/// </summary>
internal sealed class SchemaCache(string? fallbackSchema)
{
    // A topic has one schema for each rule and version: more than this many is no such topic, and starts afresh.
    private const int Capacity = 64;

    private readonly Dictionary<byte[], AlertSchema> _byKey = new(KeyBytes.Comparer);
    private readonly AlertSchema? _fallback = fallbackSchema is null ? null : Parse(fallbackSchema);

    /// <exception cref="FormatException">The key holds no schema, and none was given.</exception>
    public AlertSchema For(byte[]? key)
    {
        if (!LooksLikeSchema(key))
        {
            return _fallback ?? throw new FormatException(key is null
                ? "the message has no key, so that its schema must be given"
                : $"the key is not a schema but '{Shown(key)}', so that the schema must be given");
        }

        if (_byKey.TryGetValue(key!, out var schema))
        {
            return schema;
        }

        if (_byKey.Count == Capacity)
        {
            _byKey.Clear();
        }

        return _byKey[key!] = Parse(Encoding.UTF8.GetString(key!));
    }

    public static AlertSchema Parse(string json)
    {
        try
        {
            return Schema.Parse(json) is RecordSchema record
                ? new AlertSchema(record, new GenericDatumReader<GenericRecord>(record, record))
                : throw new FormatException("the schema is not that of a record");
        }
        catch (Exception e) when (e is AvroException or Newtonsoft.Json.JsonException)
        {
            throw new FormatException($"the schema is not Avro: {e.Message}", e);
        }
    }

    private static bool LooksLikeSchema(byte[]? key) =>
        key is not null && Array.Find(key, b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) == (byte)'{';

    private static string Shown(byte[] key)
    {
        const int longest = 40;
        var text = Encoding.UTF8.GetString(key, 0, Math.Min(key.Length, longest));
        return string.Concat(text.Where(c => !char.IsControl(c)));
    }
}

internal sealed record AlertSchema(RecordSchema Schema, GenericDatumReader<GenericRecord> Reader);
