using System.Text;
using Avro;
using Avro.Generic;
using Avro.IO;
using Confluent.Kafka;

namespace Fink.Client.Tests;

/// <summary>Alerts and messages that tests need some of.</summary>
internal static class Some
{
    /// <summary>Of ZTF's shape, as much of it as the facts need.</summary>
    public const string ZtfSchema = """
        {"type":"record","name":"topLevelRecord.value","fields":[
         {"name":"objectId","type":["string","null"]},{"name":"candid","type":["long","null"]},
         {"name":"candidate","type":{"type":"record","name":"topLevelRecord.candidate","fields":[
          {"name":"jd","type":["double","null"]},{"name":"fid","type":["int","null"]},{"name":"magpsf","type":["float","null"]},
          {"name":"sigmapsf","type":["float","null"]},{"name":"ra","type":["double","null"]},{"name":"dec","type":["double","null"]}]}},
         {"name":"cdsxmatch","type":["string","null"]}]}
        """;

    public const string RubinSchema = """
        {"type":"record","name":"topLevelRecord.value","fields":[
         {"name":"diaSourceId","type":["long","null"]},
         {"name":"diaSource","type":{"type":"record","name":"topLevelRecord.diaSource","fields":[
          {"name":"midpointMjdTai","type":["double","null"]},{"name":"band","type":["string","null"]},
          {"name":"psfFlux","type":["float","null"]},{"name":"psfFluxErr","type":["float","null"]}]}},
         {"name":"diaObject","type":{"type":"record","name":"topLevelRecord.diaObject","fields":[
          {"name":"diaObjectId","type":["long","null"]}]}}]}
        """;

    /// <param name="fields">The values of the schema's fields in order; an array for a record.</param>
    public static Alert Alert(string schema, params object?[] fields) => AlertAt(7, schema, fields);

    public static Alert AlertAt(long offset, string schema, params object?[] fields) =>
        new(new AlertPosition("fink_some", 1, offset), AlertSchema.Parse(schema), Datum(schema, fields));

    public static byte[] Datum(string schema, params object?[] fields)
    {
        var record = (RecordSchema)Schema.Parse(schema);
        using var stream = new MemoryStream();
        new GenericDatumWriter<GenericRecord>(record).Write(Record(record, fields), new BinaryEncoder(stream));
        return stream.ToArray();
    }

    public static ConsumeResult<byte[]?, byte[]?> Message(string? key, byte[]? value, params (string Name, string Text)[] headers)
    {
        var message = new Message<byte[]?, byte[]?> { Key = key is null ? null : Encoding.UTF8.GetBytes(key), Value = value, Headers = [] };
        foreach (var (name, text) in headers)
        {
            message.Headers.Add(name, Encoding.UTF8.GetBytes(text));
        }

        return new() { Topic = "fink_some", Partition = 1, Offset = 7, Message = message };
    }

    private static GenericRecord Record(RecordSchema schema, object?[] values)
    {
        var record = new GenericRecord(schema);
        foreach (var field in schema.Fields)
        {
            record.Add(field.Pos, field.Schema is RecordSchema inner ? Record(inner, (object?[])values[field.Pos]!) : values[field.Pos]);
        }

        return record;
    }
}
