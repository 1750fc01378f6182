using System.Globalization;
using Avro;
using Avro.Generic;
using Fink.Client.Plans;

namespace Fink.Client;

/// <summary>The Avro schema of alerts, compiled once for all of them.</summary>
public sealed class AlertSchema
{
    private readonly Lazy<GenericDatumReader<GenericRecord>> _reader;

    private AlertSchema(string json, RecordSchema record)
    {
        Json = json;
        Record = record;
        (Root, Places) = PlanCompiler.Compile(record);
        Fingerprint = ((ulong)SchemaNormalization.ParsingFingerprint64(record)).ToString("x16", CultureInfo.InvariantCulture);
        _reader = new(() => new GenericDatumReader<GenericRecord>(record, record));
        Survey = AlertSurveys.Of(Root);
    }

    public string Json { get; }

    /// <summary>Apache.Avro's view of it.</summary>
    public RecordSchema Record { get; }

    /// <summary>CRC-64-AVRO of the canonical form, 16 hex digits: the message header `schema`.</summary>
    public string Fingerprint { get; }

    public AlertSurvey Survey { get; }

    internal RecordNode Root { get; }

    /// <summary>How many fields have a place of their own in <see cref="Alert"/>.</summary>
    internal int Places { get; }

    internal GenericDatumReader<GenericRecord> Reader => _reader.Value;

    /// <exception cref="FormatException">It is no Avro schema, or not that of a record.</exception>
    public static AlertSchema Parse(string json)
    {
        try
        {
            return Schema.Parse(json) is RecordSchema record
                ? new AlertSchema(json, record)
                : throw new FormatException("the schema is not that of a record");
        }
        catch (Exception e) when (e is not FormatException)
        {
            // The text comes from the network, and Apache.Avro has many ways to say that it is none.
            throw new FormatException($"the schema is not Avro: {e.Message}", e);
        }
    }
}
