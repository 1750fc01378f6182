using Avro;
using Avro.Generic;
using Fink.Client.Decoding;

namespace Fink.Client;

/// <summary>One alert as it was read back: the record, and where it came from.</summary>
/// <param name="Sent">The message's time stamp.</param>
/// <param name="Headers">UTF-8 text: `objectId`, `alertId`, `schema`, `rule`, `time`.</param>
public sealed record Alert(
    string Topic,
    int Partition,
    long Offset,
    DateTimeOffset Sent,
    IReadOnlyDictionary<string, string> Headers,
    RecordSchema Schema,
    GenericRecord Record)
{
    /// <summary>The object on the sky: the header, else the record's `objectId` or `diaObject.diaObjectId`; or null.</summary>
    public string? ObjectId =>
        Headers.GetValueOrDefault("objectId") ?? RecordFields.Text(Record, "objectId")
        ?? RecordFields.Text(Record, "diaObject", "diaObjectId");

    /// <summary>This alert: the header, else the record's `candid` or `diaSourceId`; or null.</summary>
    public string? AlertId =>
        Headers.GetValueOrDefault("alertId") ?? RecordFields.Text(Record, "candid")
        ?? RecordFields.Text(Record, "diaSourceId") ?? RecordFields.Text(Record, "diaSource", "diaSourceId");

    /// <summary>
    /// The record as one line of JSON: every field by its name, bytes in base64, NaN and infinities as the texts
    /// `NaN`, `Infinity`, `-Infinity`, a map as an object, a decimal as a number.
    /// </summary>
    public string ToJson() => RecordJson.Write(Record);

    /// <summary>A field of a record by its path of names, or null where there is none.</summary>
    public object? Field(params IEnumerable<string> path) => RecordFields.Value(Record, path);
}
